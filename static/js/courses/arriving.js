/* A finding leads to the field it is about (#:w:contentpath=body.<id of a block>.url). Wagtail opens
   the tab and scrolls there when a page is loaded; this sets the focus too, and does all of it when
   the field is on the page that is open already. */

import { takeWhy } from "./why.js";

const MARK = ":w:contentpath=";
const FIELDS =
  "input:not([type=hidden]):not([disabled]), textarea, select, [contenteditable=true], button";

/* Wagtail opens again the panel that was open last; on a phone it would cover the page. */
if (matchMedia("(width < 50em)").matches) localStorage.removeItem("wagtail:side-panel-open");

function wanted() {
  const at = location.hash.indexOf(MARK);
  if (at < 0) return null;
  const steps = location.hash.slice(at + MARK.length).split(".").filter(Boolean);
  // As far as there is a way: a block may have gone meanwhile.
  for (; steps.length; steps.pop()) {
    const path = steps.map((step) => `[data-contentpath="${CSS.escape(step)}"]`).join(" ");
    const found = document.querySelector(path);
    if (found) return found;
  }
  return null;
}

function open(element) {
  const tab = element.closest("[role=tabpanel]")?.id;
  if (tab) document.querySelector(`[role=tab][aria-controls="${tab}"]`)?.click();
  for (let panel = element; panel; panel = panel.parentElement?.closest("[data-panel]")) {
    panel.querySelector(":scope > .w-panel__header [data-panel-toggle][aria-expanded=false]")?.click();
  }
}

function arrive() {
  const element = wanted();
  if (!element) return;
  open(element);
  sayWhy(element);
  const field = element.matches(FIELDS) ? element : element.querySelector(FIELDS);
  (field ?? element).focus({ preventScroll: true });
  const fits = element.offsetHeight < innerHeight / 2;
  element.scrollIntoView({ block: fits ? "center" : "start" });
}

/* What somebody came to mend is said where they mend it, until they do. */
function sayWhy(element) {
  const why = takeWhy();
  if (!why) return;
  const note = Object.assign(document.createElement("p"), { className: "st-why", textContent: why });
  note.setAttribute("role", "status");
  element.prepend(note);
  element.addEventListener("input", () => note.remove(), { once: true });
}

addEventListener("hashchange", arrive);
// After Wagtail's own, which waits for a tenth of a second.
addEventListener("load", () =>
  setTimeout(() => {
    if (location.hash) arrive();
    else document.querySelector("[data-arrive]")?.focus({ preventScroll: true });
  }, 300),
);
