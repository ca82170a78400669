// The talk on the page: each message once, whether it came by POST, by stream or was only just typed.

import { preview } from "./attachments.js";
import { dayOf, timeOf } from "./moments.js";
import { draw } from "./message.js";

export class Log {
  /** press(button, group): what a reply's button does. */
  constructor(list, press) {
    this.list = list;
    this.press = press;
    this.shown = new Map(); // message id → {element, essence}
    this.typed = new Map(); // client id → element, until the server's copy takes its place
    this.day = null;
  }

  /** Shows at once what the resident has just said. */
  expect(item) {
    const attachments = item.file ? [preview(item.file)] : item.named ? [{ kind: "file", name: item.named }] : [];
    const element = draw({ from: "resident", text: item.shown, attachments }, this.press);
    this.typed.set(item.id, element);
    this.list.append(element);
    return element;
  }

  /** Shows a message of the server. → its element when new, null when already there. */
  put(message) {
    const known = this.shown.get(message.id);
    if (known) return this.renew(known, message);
    const typed = this.typed.get(message.client_id);
    const element = typed ? this.adopt(typed, message) : this.append(message);
    stamp(element, message.at);
    this.shown.set(message.id, { element, essence: essence(message) });
    return typed ? null : element;
  }

  append(message) {
    this.separate(message.at);
    this.retire();
    const element = draw(message, this.press);
    this.list.append(element);
    return element;
  }

  /** The server's copy of what was typed here: the same element, so that it is not read aloud again. */
  adopt(typed, message) {
    this.typed.delete(message.client_id);
    this.separate(message.at, typed);
    typed.querySelector(".state").textContent = "";
    delete typed.dataset.state;
    if (typed.querySelector(".own").textContent === message.text) return typed;
    const element = draw(message, this.press);
    typed.replaceWith(element);
    return element;
  }

  /** Writes under a typed message how its sending goes; `choices` are [label, action]. */
  mark(id, state, words, choices = []) {
    const element = this.typed.get(id);
    if (!element) return;
    element.dataset.state = state;
    const line = element.querySelector(".state");
    line.replaceChildren(words, ...choices.map(([label, action]) => choice(label, action)));
  }

  forget(id) {
    this.typed.get(id)?.remove();
    this.typed.delete(id);
  }

  get hasSealed() {
    return this.list.querySelector(".sealed") !== null;
  }

  renew(known, message) {
    if (known.essence !== essence(message)) {
      const element = draw(message, this.press);
      known.element.replaceWith(element);
      Object.assign(known, { element, essence: essence(message) });
    }
    stamp(known.element, message.at);
    return null;
  }

  /** Names a new day above what comes next, or above `next`. */
  separate(at, next = null) {
    const day = at ? dayOf(at) : this.day;
    if (day === this.day) return;
    if (this.day || day !== "Hôm nay") {
      const line = document.createElement("div");
      line.className = "day";
      line.textContent = day;
      this.list.insertBefore(line, next);
    }
    this.day = day;
  }

  /** A question of a form is answered once: later messages put its buttons out of use. */
  retire() {
    for (const button of this.list.querySelectorAll(".kind-ask .buttons button")) {
      button.setAttribute("aria-disabled", "true");
    }
  }
}

/** What makes a message look different; the same message may come with or without time, secret and seal. */
const essence = ({ kind, text, more, sealed, attachments = [] }) =>
  JSON.stringify([kind, text, more, Boolean(sealed), attachments.map(({ id, note }) => [id, note])]);

function stamp(element, at) {
  const time = element.querySelector("time");
  if (!at || time.dateTime) return;
  time.dateTime = at;
  time.textContent = timeOf(at);
}

function choice(label, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = label;
  button.addEventListener("click", action);
  return button;
}
