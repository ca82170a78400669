"""What is wrong with a page as it stands: for keyboard, screen reader and small screens."""

from playwright.sync_api import Page

_LOOK = """
() => {
  const faults = [];
  const tell = (what, node) => faults.push(`${what}: ${node.outerHTML.slice(0, 120)}`);
  const shown = (node) => node.checkVisibility();
  if (document.documentElement.lang !== "vi") faults.push("lang is not vi");
  if (!document.title.trim()) faults.push("no title");
  if (document.querySelectorAll("main").length !== 1) faults.push("not one <main>");
  if ([...document.querySelectorAll("h1")].filter(shown).length !== 1) faults.push("not one <h1>");
  const ids = new Set();
  for (const node of document.querySelectorAll("[id]")) {
    if (ids.has(node.id)) tell("id twice", node);
    ids.add(node.id);
  }
  for (const name of ["aria-labelledby", "aria-describedby", "for"])
    for (const node of document.querySelectorAll(`[${name}]`))
      for (const id of node.getAttribute(name).split(/\\s+/)) if (!ids.has(id)) tell(`${name} points nowhere`, node);
  const labelled = (node) => node.labels?.length || node.ariaLabel || node.hasAttribute("aria-labelledby");
  for (const node of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!labelled(node)) tell("no label", node);
  for (const node of document.querySelectorAll("a[href], button, summary"))
    if (!node.textContent.trim() && !labelled(node)) tell("no name", node);
  for (const node of document.querySelectorAll("img:not([alt])")) tell("no alt", node);
  for (const node of document.querySelectorAll("button, select, textarea, input:not([type=hidden])")) {
    const { width, height } = node.getBoundingClientRect();
    if (shown(node) && (width < 24 || height < 24)) tell("too small to touch", node);
  }
  return faults;
}
"""
_WIDTH = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"


def faults(page: Page) -> list[str]:
    """Everything that :data:`_LOOK` finds, and whether the page is wider than the screen."""
    found: list[str] = page.evaluate(_LOOK)
    assert page.viewport_size
    if (wide := page.evaluate(_WIDTH)) > page.viewport_size["width"]:
        found.append(f"{wide} px wide on a screen of {page.viewport_size['width']} px")
    return found
