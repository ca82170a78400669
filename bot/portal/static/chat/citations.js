// “Căn cứ”: where in the law an answer stands, and where an official still has to confirm it.

import { element } from "./plain_text.js";

const NOT_COUNTED = /^đoạn /; // “đoạn mở đầu” stands before the first clause

/** {document, article, clause, point} → "Điều 11 khoản 1 điểm a Luật 10/2022/QH15". */
export function place({ document, article, clause, point }) {
  const steps = [
    [article, "Điều"],
    [clause, "khoản"],
    [point, "điểm"],
  ];
  const named = steps.filter(([value]) => value).map(([value, word]) => (NOT_COUNTED.test(value) ? value : `${word} ${value}`));
  return [...named, document].join(" ");
}

/** → <div> with the list and cautions, or null when there is nothing to cite. */
export function citationList(citations) {
  const unique = [...new Map(citations.map((citation) => [place(citation) + citation.caution, citation])).values()];
  if (!unique.length) return null;
  const cautions = [...new Set(unique.map(({ caution }) => caution))];
  const shared = cautions.length === 1 ? cautions[0] : null;

  const box = document.createElement("div");
  box.className = "citations";
  box.append(element("p", "Căn cứ:"), list(unique, shared));
  if (shared) box.append(warning("p", shared));
  return box;
}

function list(citations, shared) {
  const lines = document.createElement("ul");
  lines.setAttribute("role", "list");
  for (const citation of citations) {
    const line = element("li", capital(place(citation)));
    if (citation.caution && !shared) line.append(" ", warning("span", citation.caution));
    lines.append(line);
  }
  return lines;
}

function warning(name, text) {
  const node = element(name, capital(text));
  node.className = "caution";
  return node;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
