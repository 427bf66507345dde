/* A finding leads to the field it is about (#:w:contentpath=body.<id of a block>.url). Wagtail opens
   the tab and scrolls there when a page is loaded; this sets the focus too, and does all of it when
   the field is on the page that is open already. */

const MARK = ":w:contentpath=";
const FIELDS =
  "input:not([type=hidden]):not([disabled]), textarea, select, [contenteditable=true], button";

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
  const field = element.matches(FIELDS) ? element : element.querySelector(FIELDS);
  (field ?? element).focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", arrive);
// After Wagtail's own, which waits for a tenth of a second.
addEventListener("load", () =>
  setTimeout(() => {
    if (location.hash) arrive();
    else document.querySelector("[data-arrive]")?.focus({ preventScroll: true });
  }, 300),
);
