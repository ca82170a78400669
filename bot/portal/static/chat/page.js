// The page around the talk: box to write in, banner, typing sign, scrolling, large type.

const DRAFT = "xa-hoi.draft";
const TYPE = "xa-hoi.type";
const TELL_LEFT_FROM = 300; // characters
const NEAR_PX = 160;
const SLOW_MS = 25_000;
const SAME_BREATH_MS = 1_000; // several replies to one message: the first decides where to look
const SLOW = "Trợ lý trả lời lâu hơn thường lệ. Bác chờ thêm, câu trả lời sẽ hiện ở đây";

const at = (id) => document.getElementById(id);

export const page = {
  log: at("log"),
  composer: at("composer"),
  text: at("text"),
  welcome: at("welcome"),
};

/** Everything that needs no server. say(text) gets what the resident wrote, attach(file, caption) what they chose. */
export function setUp(say, attach) {
  at("unsupported").hidden = true;
  at("suggestions").hidden = false;
  page.composer.hidden = false;
  page.text.value = stored(sessionStorage, DRAFT) ?? "";
  page.text.addEventListener("input", fit);
  page.text.addEventListener("keydown", (event) => sendsOn(event) && submit(event, say));
  page.composer.addEventListener("submit", (event) => submit(event, say));
  at("file").addEventListener("change", ({ target }) => choose(target, attach));
  at("suggestions").addEventListener("click", ({ target }) => target.closest("[data-say]") && say(target.textContent.trim()));
  at("channels").hidden = false;
  at("channels").addEventListener("click", ({ target }) => say(target.dataset.words));
  at("newest").addEventListener("click", () => page.log.lastElementChild?.scrollIntoView({ block: "start" }));
  addEventListener("scroll", () => nearEnd() && (at("newest").hidden = true), { passive: true });
  setUpType();
  fit();
}

export function trouble(words) {
  at("trouble").textContent = words;
}

/** Gives words back to the box, unless something new stands there. */
export function handBack(words) {
  if (!page.text.value.trim()) page.text.value = words;
  fit();
  page.text.focus();
}

let slow = null;
let revealedAt = 0;

/** The talk has begun: the greeting makes room, and a pressed suggestion does not take the focus with it. */
export function begun() {
  if (page.welcome.hidden) return;
  const held = page.welcome.contains(document.activeElement);
  page.welcome.hidden = true;
  if (held) page.log.focus({ preventScroll: true });
}

/** The sign that a reply is being made; it says so when that takes long. */
export function typing(on) {
  const sign = at("typing");
  if (sign.classList.contains("on") === on) return;
  clearTimeout(slow);
  sign.classList.toggle("on", on);
  sign.textContent = on ? "Trợ lý đang soạn câu trả lời" : "";
  if (on) slow = setTimeout(() => (sign.textContent = SLOW), SLOW_MS);
}

/** words: what the line on top says, or null for none. */
export function banner(words) {
  const line = at("banner");
  line.hidden = !words;
  if (words && line.textContent !== words) line.textContent = words;
}

export const nearEnd = () =>
  document.documentElement.scrollHeight - innerHeight - scrollY < NEAR_PX;

/** Makes a change that takes room at the bottom without hiding the last message from who was reading it. */
export function atEnd(change) {
  const was = nearEnd();
  change();
  if (was) scrollTo(0, document.documentElement.scrollHeight);
}

/** Brings a new message into view: its beginning when it is long; only a hint to who reads further up. */
export function reveal(element, wasNearEnd) {
  const sameBreath = Date.now() - revealedAt < SAME_BREATH_MS;
  at("newest").hidden = wasNearEnd || sameBreath;
  if (!wasNearEnd) return;
  revealedAt = Date.now();
  const tall = element.offsetHeight > innerHeight * 0.55;
  element.scrollIntoView({ block: tall ? "start" : "end" });
}

function submit(event, say) {
  event.preventDefault();
  const words = page.text.value.trim();
  page.text.focus();
  if (!words) return;
  if (left() < 0) return trouble("Tin này dài quá. Bác bớt lại hoặc chia thành nhiều tin giúp ạ.");
  page.text.value = "";
  fit();
  say(words);
}

/** Words that stand in the box go along with the first file. */
function choose(input, attach) {
  const files = [...input.files];
  input.value = ""; // the same file may be chosen again
  const heavy = files.find((file) => file.size > Number(input.dataset.most));
  if (heavy) return trouble(`“${heavy.name}” nặng quá ${Math.floor(input.dataset.most / 1e6)} MB. Bác gửi bản nhẹ hơn giúp tôi.`);
  if (left() < 0) return trouble("Lời kèm theo dài quá. Bác bớt lại giúp ạ.");
  for (const file of files) {
    const caption = page.text.value.trim();
    page.text.value = "";
    attach(file, caption);
  }
  fit();
}

/** Enter sends on a real keyboard; on a phone, and while Telex or VNI is composing, it stays Enter. */
function sendsOn(event) {
  const plain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  return plain && matchMedia("(pointer: fine)").matches;
}

function fit() {
  const { text } = page;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 3}px`;
  const count = left();
  at("left").textContent = count < 0 ? `Quá ${-count} ký tự` : count <= TELL_LEFT_FROM ? `Còn ${count} ký tự` : "";
  store(sessionStorage, DRAFT, text.value);
}

/** Characters still free; counted as the server counts, an emoji as one. */
const left = () => Number(page.text.dataset.longest) - [...page.text.value].length;

function setUpType() {
  const button = at("larger");
  button.hidden = false;
  const show = (large) => {
    document.documentElement.dataset.type = large ? "large" : "normal";
    button.setAttribute("aria-pressed", String(large));
    store(localStorage, TYPE, large ? "large" : "normal");
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") !== "true"));
  show(stored(localStorage, TYPE) === "large");
}

function stored(storage, key) {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

function store(storage, key, value) {
  try {
    storage.setItem(key, value);
  } catch {
    // Storage is off: nothing to remember, nothing to break.
  }
}
