// The desk's pages work without this; it asks before what cannot be undone, keeps drafts and shows what is new.

const POLL_MS = 5_000;
const REFRESH_MS = 10_000;

confirming();
for (const box of document.querySelectorAll("[data-draft]")) keepDraft(box);
for (const talk of document.querySelectorAll("[data-poll]")) follow(talk);
for (const list of document.querySelectorAll("[data-refresh]")) refresh(list);

/** A form with data-confirm is sent only after a yes; forms that arrive later count too. */
function confirming() {
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.confirm) return;
    event.preventDefault();
    document.getElementById("confirm-words").textContent = form.dataset.confirm;
    dialog.returnValue = "no";
    dialog.onclose = () => dialog.returnValue === "yes" && form.submit();
    dialog.showModal();
  });
}

/** What an official has typed outlives a reload, until it is sent. */
function keepDraft(box) {
  const key = `draft.${box.dataset.draft}`;
  if (!box.value) box.value = sessionStorage.getItem(key) ?? "";
  box.addEventListener("input", () => sessionStorage.setItem(key, box.value));
  box.form.addEventListener("submit", () => sessionStorage.removeItem(key));
}

/** Keeps a talk up to date and at its end, unless somebody reads further up. */
function follow(talk) {
  const toEnd = () => (talk.scrollTop = talk.scrollHeight);
  toEnd();
  every(POLL_MS, async () => {
    const html = await partial(talk.dataset.poll);
    if (html === null) return;
    const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 60;
    merge(talk, parse(html).body.children);
    if (atEnd) toEnd();
  });
}

/** Messages are added or replaced one by one, so that a screen reader reads only what is new. */
function merge(talk, fresh) {
  for (const said of [...fresh]) {
    const known = document.getElementById(said.id);
    if (!known) talk.append(document.adoptNode(said));
    else if (words(known) !== words(said)) known.replaceWith(document.adoptNode(said));
  }
}

const words = (said) => said.querySelector(".words, .sealed")?.textContent;

/** Keeps a list of its page up to date, unless the keyboard is inside it. */
function refresh(list) {
  every(REFRESH_MS, async () => {
    const html = await partial(list.dataset.refresh);
    if (html === null || list.contains(document.activeElement)) return;
    const fresh = parse(html).querySelector(`[data-refresh="${list.dataset.refresh}"]`);
    if (fresh && fresh.innerHTML !== list.innerHTML) list.replaceChildren(...fresh.childNodes);
  });
}

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** The page's HTML, or null: no network, logged out meanwhile, or the talk was given back. */
async function partial(address) {
  try {
    const response = await fetch(address, { credentials: "same-origin", redirect: "error", cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

function every(milliseconds, work) {
  let busy = false;
  setInterval(async () => {
    if (busy || document.hidden || document.querySelector("dialog[open]")) return;
    busy = true;
    await work();
    busy = false;
  }, milliseconds);
}
