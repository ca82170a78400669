// One message as an element of the log.

import { attachmentList } from "./attachments.js";
import { callLinks, caseCard, player } from "./cards.js";
import { citationList } from "./citations.js";
import { blocks, element } from "./plain_text.js";

const SPEAKERS = { resident: "Bác", bot: "Trợ lý", official: "Cán bộ" };
const PUT_AWAY = "(nội dung đã được cất riêng)";

/** message: one of the chat API, "from" missing on a POST's replies. press(button, group) answers a button. */
export function draw(message, press) {
  const from = message.from ?? (message.kind === "official" ? "official" : "bot");
  const item = document.createElement("div");
  item.className = `message ${from} kind-${message.kind ?? "said"}`;
  item.append(bubble(message, from));
  if (message.buttons?.length) item.append(buttons(message.buttons, press));
  if (from === "resident") item.append(stateLine());
  return item;
}

function bubble(message, from) {
  const box = document.createElement("div");
  box.className = "bubble";
  box.append(speaker(message, from));
  if (message.kind === "emergency") box.append(callLinks(message.text) ?? "");
  box.append(from === "resident" ? own(message) : blocks(message.text));
  if (message.attachments?.length) box.append(attachmentList(message.attachments, from === "resident" ? "bác" : "cán bộ"));
  if (message.more) box.append(more(message.more));
  if (message.voice) box.append(player(message.voice));
  if (message.case) box.append(caseCard(message.kind, message.case));
  if (message.citations?.length) box.append(citationList(message.citations));
  box.append(document.createElement("time"));
  return box;
}

function speaker(message, from) {
  const name = [SPEAKERS[from], message.office].filter(Boolean).join(" · ");
  const line = element("p", name);
  line.className = from === "official" ? "who" : "who unseen";
  return line;
}

function own(message) {
  const sealed = message.sealed || message.text == null;
  const words = document.createElement("p");
  words.className = sealed ? "own sealed" : "own";
  words.textContent = sealed ? PUT_AWAY : message.text;
  return words;
}

function more(text) {
  const details = document.createElement("details");
  const summary = element("summary", "Xem thêm");
  details.append(summary, blocks(text));
  details.addEventListener("toggle", () => {
    summary.textContent = details.open ? "Thu gọn" : "Xem thêm";
  });
  return details;
}

function buttons(choices, press) {
  const group = document.createElement("div");
  group.className = "buttons";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Chọn để trả lời");
  for (const choice of choices) {
    const button = element("button", choice.label);
    button.type = "button";
    button.className = "button";
    // aria-disabled, not disabled: the keyboard's focus stays where it is.
    button.addEventListener("click", () => button.getAttribute("aria-disabled") || press(choice, group));
    group.append(button);
  }
  return group;
}

function stateLine() {
  const line = document.createElement("p");
  line.className = "state";
  return line;
}
