// What the resident said and the server has not yet taken: one at a time, in order, the same id on every try.

import { Later, newId } from "./conversation.js";

const KEPT_AS = "xa-hoi.outbox";
const BACK_OFF_S = [1, 2, 4, 8, 15, 30];

/**
 * items: {id, shown, text}, {id, shown, token} or {id, shown, text?, file, named}; `shown` is what the resident sees as said.
 * post(wire, moved) sends one. hooks: sending(item), moved(item, fraction), sent(item, answer),
 * waiting(item, error, seconds), refused(item, error). A file lives as long as the page: after that it is chosen again.
 */
export class Outbox {
  constructor(post, hooks) {
    this.post = post;
    this.hooks = hooks;
    this.items = read();
    this.busy = false;
    this.wake = null;
  }

  add(said) {
    const item = { id: newId(), ...said };
    this.items.push(item);
    keep(this.items);
    return item;
  }

  /** Sends what is there; called again while sending, it only cuts a waiting time short. */
  async run() {
    if (this.wake) this.wake();
    if (this.busy) return;
    this.busy = true;
    let failures = 0;
    for (let item; (item = this.next()); ) {
      const done = await this.attempt(item, failures);
      failures = done ? 0 : failures + 1;
    }
    this.busy = false;
  }

  next() {
    return this.items.find((item) => !item.refused);
  }

  async attempt(item, failures) {
    this.hooks.sending(item);
    const moved = (fraction) => this.hooks.moved(item, fraction);
    const [answer, error] = await this.post(wire(item), moved).then((taken) => [taken, null], (failed) => [null, failed]);
    if (error instanceof Later) {
      await this.wait(item, error, failures);
      return false;
    }
    if (error) this.refuse(item, error);
    else {
      this.drop(item);
      this.hooks.sent(item, answer);
    }
    return true;
  }

  wait(item, error, failures) {
    const seconds = error.seconds ?? BACK_OFF_S[Math.min(failures, BACK_OFF_S.length - 1)];
    this.hooks.waiting(item, error, seconds);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      // Waking early helps when the network is back, but would only prolong a “too fast”.
      this.wake = error.tooFast ? null : () => resolve(clearTimeout(timer));
    }).then(() => {
      this.wake = null;
    });
  }

  /** Kept until the resident takes it back to mend it; never sent again by itself. */
  refuse(item, error) {
    item.refused = true;
    keep(this.items);
    this.hooks.refused(item, error);
  }

  drop(item) {
    this.items = this.items.filter((other) => other.id !== item.id);
    keep(this.items);
  }
}

const wire = ({ id, text, token, file }) => (token ? { id, token } : { id, text, ...(file && { file }) });

function read() {
  try {
    const items = JSON.parse(sessionStorage.getItem(KEPT_AS)) ?? [];
    return items.filter((item) => !(item.file && item.refused)).map((item) => (item.file ? lost(item) : item));
  } catch {
    return [];
  }
}

/** Its file went with the page that held it. */
const lost = (item) => ({ ...item, file: null, refused: true });

function keep(items) {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(items));
  } catch {
    // Storage is off or full: the page still holds the items while it is open.
  }
}
