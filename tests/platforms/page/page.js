// Types as a resident of the stand-in that serves this page, and shows what stands in the chat.

const PEOPLE = ["Bà Lan", "Anh Sơn", "Chị Mai"];
const LOOK_MS = 1000;
const MEANINGS = {
  "slow": "Nền tảng trả lời chậm 3 giây.",
  "429": "Nền tảng báo gửi quá nhanh.",
  "5xx": "Nền tảng báo lỗi, không gửi gì.",
  "timeout_after_accepting": "Nền tảng đã nhận tin nhưng không báo lại.",
  "unreachable": "Đường nối bị cắt, không gửi gì.",
  "blocked": "Nền tảng báo người dân đã chặn.",
  "wrong_signature": "Sự kiện tiếp theo mang chữ ký giả: sản phẩm phải bỏ qua.",
  "duplicates": "Sự kiện tiếp theo được gửi hai lần cùng lúc.",
  "reordering": "Sự kiện tiếp theo bị giữ lại sau sự kiện kế nó.",
  "expired_token": "Mã truy cập hết hạn: sản phẩm phải tự làm mới.",
  "expired_refresh_token": "Mã làm mới hết hạn: phải có người cấp phép lại.",
  "reused_refresh_token": "Mã làm mới đã bị dùng: phải có người cấp phép lại.",
};

const at = (id) => document.getElementById(id);
let person = PEOPLE[0];
let shown = "";

async function ask(path, body, method = body ? "POST" : "GET") {
  const answer = await fetch(path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  const told = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Error(told.detail ?? answer.statusText);
  return told;
}

const chat = () => `/control/users/${encodeURIComponent(person)}/messages`;

async function attempt(work) {
  const problem = at("problem");
  try {
    await work();
    problem.hidden = true;
  } catch (error) {
    problem.textContent = `Chưa làm được: ${error.message}`;
    problem.hidden = false;
  }
}

const say = (body) => attempt(async () => {
  await ask(chat(), body);
  await look();
});

function made(tag, className, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

function bubble(said) {
  const whole = made("article", `said ${said.from}`);
  const parts = [said.text, ...said.files.map((file) => `[${file.name}]`)];
  if (said.location) parts.push(`[Vị trí ${said.location.lat}, ${said.location.lon}]`);
  whole.append(made("div", "bubble", parts.filter(Boolean).join("\n") || "[nhãn dán]"));
  if (said.buttons.length) whole.append(choices(said.buttons));
  const time = new Date(said.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  whole.append(made("footer", "", `${time} · ${said.id}${said.edited ? " · đã sửa" : ""}`));
  return whole;
}

function choices(labels) {
  const row = made("div", "buttons");
  for (const label of labels) {
    const button = made("button", "", label);
    button.addEventListener("click", () => say({ button: label }));
    row.append(button);
  }
  return row;
}

async function look() {
  const found = JSON.stringify((await ask(chat())).messages);
  if (found === shown) return;
  shown = found;
  const messages = JSON.parse(found);
  const log = at("log");
  log.replaceChildren(...messages.map(bubble));
  if (!messages.length) log.append(made("p", "empty", `${person} chưa nhắn gì. Thử: “xã phải công khai những gì cho dân”.`));
  log.scrollTop = log.scrollHeight;
}

function showPeople() {
  at("people").replaceChildren(...PEOPLE.map((name) => {
    const tab = made("button", "", name);
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(name === person));
    tab.addEventListener("click", () => {
      person = name;
      shown = "";
      showPeople();
      attempt(look);
    });
    return tab;
  }));
}

async function showFaults() {
  const { faults, kinds } = await ask("/control/faults");
  if (!at("kind").options.length) at("kind").append(...Object.keys(kinds).map((kind) => new Option(kind, kind)));
  at("meaning").textContent = MEANINGS[at("kind").value] ?? kinds[at("kind").value];
  const left = (fault) => (fault.count === null ? `${100 * fault.rate} %` : `còn ${fault.count} lần`);
  at("orders").replaceChildren(...faults.map((fault) => made("li", "", `${fault.kind}: ${left(fault)}`)));
}

async function begin() {
  const { platform, links } = await ask("/control/state");
  document.body.dataset.platform = platform;
  at("platform").textContent = { zalo: "Zalo", telegram: "Telegram" }[platform];
  document.title = `${at("platform").textContent} · gõ thay người dân`;
  for (const [name, address] of Object.entries(links)) {
    const link = made("a", "", name);
    link.href = address;
    if (name.toLowerCase() === platform) link.setAttribute("aria-current", "page");
    at("links").append(link);
  }
}

at("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = at("words").value.trim();
  at("words").value = "";
  if (text) say({ text });
});

at("place").addEventListener("click", () => say({ location: { lat: 22.3864, lon: 103.4707 } }));

at("file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (!file) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => say({ file: { name: file.name, base64: reader.result.split(",")[1] ?? "" } }));
  reader.readAsDataURL(file);
  event.target.value = "";
});

at("order").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    await ask("/control/faults", { kind: at("kind").value, count: Number(at("count").value) });
    await showFaults();
  });
});

at("well").addEventListener("click", () => attempt(async () => {
  await ask("/control/faults", undefined, "DELETE");
  await showFaults();
}));

at("kind").addEventListener("change", () => attempt(showFaults));
at("faults").addEventListener("toggle", () => attempt(showFaults));

showPeople();
attempt(async () => {
  await begin();
  await showFaults();
  await look();
});
setInterval(() => document.hidden || attempt(look), LOOK_MS);
