// Photos, voice notes, files and locations under what the resident said.

import { element } from "./plain_text.js";

const CALLED = { photo: "Ảnh", voice: "Tin thoại", video: "Video", file: "Tệp", location: "Vị trí" };

/** attachments: those of the chat API, or {kind, name, url, thumbnail} made here before sending; who sent them. → <div>. */
export function attachmentList(attachments, sender = "bác") {
  const group = document.createElement("div");
  group.className = "attached";
  group.append(...attachments.map((one) => drawn(one, sender)));
  return group;
}

/** What a file looks like before the server has it. */
export function preview(file) {
  const kind = /^(image|audio|video)\//.exec(file.type)?.[1];
  const shown = kind === "image" && !/hei[cf]$/.test(file.type) ? URL.createObjectURL(file) : null;
  return { kind: { image: "photo", audio: "voice", video: "video" }[kind] ?? "file", name: file.name, thumbnail: shown };
}

function drawn(one, sender) {
  if (one.note) return line(`${CALLED[one.kind]}: ${one.note}`);
  if (one.place) return line(`${CALLED[one.kind]}: ${one.place}`);
  if (one.thumbnail) return photo(one, sender);
  if (one.kind === "voice" && one.url) return sound(one, sender);
  return one.url ? link(one, element("span", `${CALLED[one.kind]}: ${one.name}`)) : line(`${CALLED[one.kind]}: ${one.name}`);
}

function line(words) {
  const paragraph = element("p", words);
  paragraph.className = "file";
  return paragraph;
}

function photo(one, sender) {
  const image = document.createElement("img");
  image.src = one.thumbnail;
  image.alt = `Ảnh ${sender} gửi: ${one.name}`;
  image.className = "photo";
  image.addEventListener("error", () => image.replaceWith(line(`${CALLED[one.kind]}: ${one.name}`)));
  return one.url ? link(one, image) : image;
}

function sound(one, sender) {
  const audio = document.createElement("audio");
  audio.className = "player";
  audio.controls = true;
  audio.preload = "none";
  audio.src = one.url;
  audio.setAttribute("aria-label", `Tin thoại ${sender} gửi`);
  return audio;
}

function link(one, content) {
  const anchor = document.createElement("a");
  anchor.className = "file";
  anchor.href = one.url;
  anchor.target = "_blank";
  anchor.rel = "noopener";
  anchor.append(content);
  return anchor;
}
