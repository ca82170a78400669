// Messages as they arrive: the whole talk first, then the stream; asking every few seconds where the stream is blocked.

import { Refused, messages, stream } from "./conversation.js";

const TICK_MS = 5_000;
const MANY = 100; // the server lists a long talk in parts
const CALM_MS = 30_000; // a proxy may hold back an open stream: ask now and then even so

/** hooks: message(message), owner("bot"|"official"). */
export class Feed {
  constructor(hooks) {
    this.hooks = hooks;
    this.last = null; // id of the newest message the server listed in order; a POST's replies do not count
    this.source = null;
    this.syncing = null;
    this.held = [];
    this.syncedAt = 0;
    this.live = false;
  }

  /** Loads the talk so far. → false when there is none yet. */
  async load() {
    await this.sync();
    return this.last !== null;
  }

  /** From now on new messages arrive by themselves. */
  follow() {
    if (this.live) return;
    this.live = true;
    this.open();
    setInterval(() => this.tick(), TICK_MS);
    addEventListener("online", () => this.sync());
    document.addEventListener("visibilitychange", () => document.hidden || this.sync());
  }

  sync() {
    this.syncing ??= this.ask(this.last).finally(() => this.release());
    return this.syncing;
  }

  /** The whole talk again, for messages that have changed (put away or brought back). */
  async again() {
    await this.syncing;
    this.last = null;
    return this.sync();
  }

  async ask(after) {
    try {
      const { messages: found, owner } = await messages(after);
      this.syncedAt = Date.now();
      for (const message of found) this.take(message, message.id);
      if (found.length >= MANY) return await this.ask(this.last);
      this.hooks.owner(owner);
    } catch (error) {
      // No conversation yet, or an id the server no longer knows: begin at the beginning next time.
      if (error instanceof Refused) this.last = null;
    }
  }

  release() {
    this.syncing = null;
    for (const event of this.held.splice(0)) this.hear(event);
  }

  open() {
    if (!window.EventSource) return;
    this.source = stream(this.last);
    this.source.onopen = () => this.sync();
    this.source.onmessage = (event) => (this.syncing ? this.held.push(event) : this.hear(event));
  }

  hear(event) {
    const message = JSON.parse(event.data);
    this.take(message, event.lastEventId || message.id);
    if (message.owner) this.hooks.owner(message.owner);
  }

  take(message, id) {
    this.last = id;
    this.hooks.message(message);
  }

  tick() {
    if (this.source?.readyState === EventSource.CLOSED) this.open();
    const streaming = this.source?.readyState === EventSource.OPEN;
    const due = !streaming || Date.now() - this.syncedAt > CALM_MS;
    if (due && !document.hidden) this.sync();
  }
}
