// Cards under a message: a case's receipt, a case's state, a recording, the numbers to call in an emergency.

import { dateOf } from "./moments.js";
import { element } from "./plain_text.js";

const ENDED = new Set(["answered", "closed", "withdrawn", "merged"]);
const NO_DATE_YET = "Đơn vị sẽ báo thời hạn khi tiếp nhận";
// The first group catches what only looks like a number to call: “Điều 113”, “1.113”; look-behind would break old Safari.
// A document's number has its year behind it: “115/2024”.
const EMERGENCY_NUMBER = /((?:điều|khoản)\s+|\d[.,])?\b(11[1-5])\b(?!\/\d{4}|[.,]\d)/giu;

/** kind "receipt" shows codes to keep; any other kind shows the state first. */
export function caseCard(kind, { code, state, label, office, due, fingerprint, secret }) {
  const card = document.createElement("div");
  card.className = `card case state-${state}`;
  const rows = document.createElement("dl");
  const row = (name, value, className = "") => value && rows.append(pair(name, value, className));
  row("Mã phiếu", code, "code");
  row("Mã bí mật, giữ riêng", secret, "code secret");
  row("Tình trạng", label);
  row("Nơi giải quyết", office);
  row("Hẹn trả lời", promise(state, due));
  row("Mã đối chiếu", fingerprint, "fingerprint");
  card.append(element("h2", kind === "receipt" ? "Biên nhận" : "Phiếu của bác"), rows);
  if (secret) card.append(element("p", "Ai có cả hai mã đều xem được phiếu này. Bác ghi ra giấy hoặc chụp màn hình để giữ."));
  card.append(copyButton(code, secret));
  return card;
}

/** A date is only named while an answer is still to come, and only when there is one. */
function promise(state, due) {
  if (ENDED.has(state)) return null;
  if (due) return `Chậm nhất ngày ${dateOf(due)}`;
  return state === "new" ? NO_DATE_YET : null;
}

/** The 11x numbers named in the text, as large links that dial. → <ul> or null. */
export function callLinks(text) {
  const numbers = new Set([...(text ?? "").matchAll(EMERGENCY_NUMBER)].filter((hit) => !hit[1]).map((hit) => hit[2]));
  if (!numbers.size) return null;
  const list = document.createElement("ul");
  list.className = "calls";
  list.setAttribute("role", "list");
  for (const number of numbers) list.append(callLink(number));
  return list;
}

/** A recording to listen to; nothing is fetched before it is played. */
export function player({ url, language }) {
  const audio = document.createElement("audio");
  audio.className = "player";
  audio.controls = true;
  audio.preload = "none";
  audio.src = url;
  audio.setAttribute("aria-label", `Bản ghi tiếng ${language}`);
  return audio;
}

function callLink(number) {
  const link = element("a", `Gọi ${number}`);
  link.className = "call";
  link.href = `tel:${number}`;
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function pair(name, value, className) {
  const group = document.createElement("div");
  group.className = className;
  group.append(element("dt", name), element("dd", value));
  return group;
}

function copyButton(code, secret) {
  const button = element("button", secret ? "Chép hai mã" : "Chép mã");
  button.type = "button";
  button.className = "button";
  const words = secret ? `Mã phiếu: ${code}\nMã bí mật: ${secret}` : `Mã phiếu: ${code}`;
  button.addEventListener("click", async () => {
    button.textContent = (await copy(words)) ? "Đã chép" : "Máy không cho chép, bác ghi lại giúp";
  });
  return button;
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyTheOldWay(words);
  }
}

/** navigator.clipboard is missing on plain http and old phones. */
function copyTheOldWay(words) {
  const back = document.activeElement;
  const area = document.createElement("textarea");
  area.className = "unseen";
  area.value = words;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  back?.focus();
  return done;
}
