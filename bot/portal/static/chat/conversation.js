// Speaks /api/v1/chat. The conversation itself is known by the page's HttpOnly cookie.

const CHAT = "/api/v1/chat";
const LONG_WAIT_S = 600; // what is allowed again tomorrow is refused today
const PATIENCE_MS = 40_000; // the server holds a message for up to 20 s while the reply is made

/** The server will never take this: say why, do not send again. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Not now: send the same again after `seconds` (null: as the sender sees fit). */
export class Later extends Error {
  constructor(message, { seconds = null, tooFast = false } = {}) {
    super(message);
    this.seconds = seconds;
    this.tooFast = tooFast;
  }
}

/** A client's own id for a message; crypto.randomUUID is missing on plain http. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** body: {id, text} or {id, token} → {owner, replies: [message]}. Throws Refused or Later. */
export function post(body) {
  return call(CHAT, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** → {messages: [message], owner}, all of them or those after an id. Throws Refused or Later. */
export function messages(after) {
  return call(`${CHAT}/messages${query(after)}`);
}

export function stream(after) {
  return new EventSource(`${CHAT}/stream${query(after)}`);
}

const query = (after) => (after ? `?after=${encodeURIComponent(after)}` : "");

async function call(url, options = {}) {
  const response = await reach(url, options);
  const content = await response.json().catch(() => null);
  return taken(response.status, content, response.headers.get("Retry-After"));
}

/** What the server answered, or why it did not take it. Throws Refused or Later. */
export function taken(status, content, retryAfter) {
  const ok = status >= 200 && status < 300;
  if (ok && content) return content;
  const message = content?.error?.message ?? "Máy chủ chưa trả lời được.";
  const seconds = Number(retryAfter) > 0 ? Number(retryAfter) : null;
  if (status === 429 && (seconds ?? 0) <= LONG_WAIT_S) throw new Later(message, { seconds: seconds ?? 10, tooFast: true });
  if (ok || status === 0 || status === 408 || status >= 500) throw new Later(message, { seconds });
  throw new Refused(status, message);
}

async function reach(url, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    return await fetch(url, { ...options, credentials: "same-origin", cache: "no-store", signal: stop.signal });
  } catch {
    throw new Later("Không nối được với máy chủ.");
  } finally {
    clearTimeout(timer);
  }
}
