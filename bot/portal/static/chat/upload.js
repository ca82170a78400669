// Sends a photo, voice note or file, and tells how far it is: fetch cannot.

import { Later, taken } from "./conversation.js";

const FILES = "/api/v1/chat/files";
const STALLED_MS = 60_000; // nothing moved for so long: try again, with the same id

/** {id, text?, file} → {owner, replies}; moved(fraction) is called on the way. Throws Refused or Later. */
export function postFile({ id, text, file }, moved) {
  const form = new FormData();
  form.append("id", id);
  if (text) form.append("text", text);
  form.append("file", file, file.name || "tep");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stalled = null;
    const alive = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), STALLED_MS);
    };
    const settle = (action) => () => {
      clearTimeout(stalled);
      action();
    };
    const later = () => reject(new Later("Không nối được với máy chủ."));
    request.open("POST", FILES);
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      alive();
      if (event.lengthComputable) moved(event.loaded / event.total);
    };
    request.onload = settle(() => {
      try {
        resolve(taken(request.status, request.response, request.getResponseHeader("Retry-After")));
      } catch (error) {
        reject(error);
      }
    });
    request.onerror = settle(later);
    request.onabort = settle(later);
    alive();
    request.send(form);
  });
}
