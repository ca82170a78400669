// Plain text → paragraphs, lists and links. Text only ever becomes text nodes, never markup.

const ITEM = /^\s*(?:[-–•*+]|(\d{1,2}[.)]|[a-zđ]\)))\s+(.+)$/u;
const LINK = /(https?:\/\/[^\s<>"”]+[^\s<>"”.,;:!?)\]])/u;

/** → DocumentFragment of <p> and <ul>; lines of a list may be "- …", "1. …", "a) …". */
export function blocks(text) {
  const fragment = document.createDocumentFragment();
  let paragraph = [];
  let list = null;
  const close = () => {
    if (paragraph.length) fragment.append(element("p", paragraph.join("\n")));
    paragraph = [];
  };
  for (const line of (text ?? "").split("\n")) {
    const item = ITEM.exec(line);
    if (item) {
      close();
      list ??= fragment.appendChild(startList());
      list.append(listItem(item[1], item[2]));
    } else {
      list = null;
      if (line.trim()) paragraph.push(line.trim());
      else close();
    }
  }
  close();
  return fragment;
}

/** → an element holding text, its web addresses made links. */
export function element(name, text) {
  const node = document.createElement(name);
  text.split(LINK).forEach((part, index) => node.append(index % 2 ? link(part) : part));
  return node;
}

function startList() {
  const list = document.createElement("ul");
  list.setAttribute("role", "list");
  return list;
}

function listItem(marker, text) {
  const item = element("li", text);
  item.className = marker ? "marked" : "dotted";
  if (marker) item.prepend(element("span", `${marker} `));
  return item;
}

function link(address) {
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.textContent = address;
  anchor.rel = "noopener noreferrer";
  anchor.target = "_blank";
  return anchor;
}
