// The chat page: what the resident says goes through the outbox, what is answered comes by reply and by feed.

import { post } from "./chat/conversation.js";
import { postFile } from "./chat/upload.js";
import { Feed } from "./chat/feed.js";
import { Log } from "./chat/log.js";
import { Outbox } from "./chat/outbox.js";
import { atEnd, banner, begun, handBack, nearEnd, page, reveal, setUp, trouble, typing } from "./chat/page.js";

const WAITING_FOR_OFFICIAL = "Đang chờ cán bộ trả lời tại đây. Bác cứ nhắn thêm nếu cần.";
const WITH_OFFICIAL = "Cán bộ đang trả lời bác tại đây.";

let owner = "bot";
let officialSpoke = false;

const log = new Log(page.log, press);
const feed = new Feed({ message: show, owner: owned });
const outbox = new Outbox((said, moved) => (said.file ? postFile(said, moved) : post(said)), {
  sending,
  moved,
  sent,
  waiting,
  refused,
});

setUp(say, attach);
begin();

async function begin() {
  page.log.setAttribute("aria-live", "off"); // do not read the whole past aloud
  const talking = await feed.load();
  outbox.items.forEach(expect);
  if (page.log.childElementCount) begun();
  if (talking) feed.follow();
  page.log.lastElementChild?.scrollIntoView({ block: "end" });
  page.log.setAttribute("aria-live", "polite");
  outbox.run();
}

function expect(item) {
  log.expect(item);
  if (item.refused) offerMending(item);
}

function say(words) {
  put({ shown: words, text: words });
}

function attach(file, caption) {
  put({ shown: caption, text: caption, file, named: file.name });
}

function press(button, group) {
  for (const other of group.children) {
    other.setAttribute("aria-disabled", "true");
    if (other.textContent === button.label) other.classList.add("chosen");
  }
  put({ shown: button.label, token: button.token });
}

function put(said) {
  trouble("");
  begun();
  const element = log.expect(outbox.add(said));
  element.scrollIntoView({ block: "end" });
  outbox.run();
}

function sending(item) {
  log.mark(item.id, "sending", "Đang gửi…");
  typing(owner === "bot");
}

function moved(item, fraction) {
  const words = fraction < 1 ? `Đang gửi ${Math.floor(fraction * 100)} %…` : "Đã gửi, đang chờ trả lời…";
  log.mark(item.id, fraction < 1 ? "uploading" : "sending", words);
}

function sent(item, answer) {
  trouble("");
  log.mark(item.id, "sent", "");
  answer.replies.forEach(show);
  owned(answer.owner);
  typing(owner === "bot" && !answer.replies.length);
  feed.follow();
  if (log.hasSealed) feed.again();
}

function waiting(item, error, seconds) {
  typing(false);
  atEnd(() => (error.tooFast ? slowDown(item, error, seconds) : offerRetry(item)));
}

function slowDown(item, error, seconds) {
  log.mark(item.id, "waiting", `Chờ ${seconds} giây rồi sẽ tự gửi.`);
  trouble(error.message);
}

function offerRetry(item) {
  const words = navigator.onLine ? "Chưa gửi được, đang gửi lại…" : "Máy đang mất mạng, có mạng sẽ tự gửi lại.";
  log.mark(item.id, "waiting", words, [["Gửi lại ngay", () => outbox.run()]]);
}

function refused(item, error) {
  typing(false);
  atEnd(() => {
    trouble(error.message);
    offerMending(item);
  });
}

function offerMending(item) {
  const takeBack = () => {
    outbox.drop(item);
    log.forget(item.id);
    handBack(item.text ?? "");
  };
  const words = item.file === null ? "Tệp chưa gửi được trước khi trang tải lại, bác chọn lại tệp." : "Không gửi được.";
  log.mark(item.id, "refused", words, [[item.text ? "Sửa và gửi lại" : "Bỏ", takeBack]]);
}

function show(message) {
  const wasNearEnd = nearEnd();
  officialSpoke = message.from === "official" || (officialSpoke && message.kind !== "handover");
  const element = log.put(message);
  if (!element) return;
  if (message.from !== "resident") typing(false);
  if (page.log.getAttribute("aria-live") === "off") return;
  reveal(element, wasNearEnd);
  if (message.topic === "denunciation") feed.again();
}

function owned(by) {
  owner = by ?? owner;
  if (owner === "official") typing(false);
  else officialSpoke = false;
  banner(owner === "official" ? (officialSpoke ? WITH_OFFICIAL : WAITING_FOR_OFFICIAL) : null);
}

addEventListener("online", () => outbox.run());
