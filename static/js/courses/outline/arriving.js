/* An address that ends in a row (courses/editor/tabs.py) leads to it, and the end of adding one to
   the first of what adds: with the focus there, and in sight. */

import { row, size } from "./state.js";
import { fold, view } from "./view.js";
import { elementOf, focusRow } from "./drawing.js";
import { showAll } from "./filtering.js";

const PART = /^#part-(\d+)$/;
const ADDING = "#outline-add";

/** What adds the first row, of the buttons that are seen. */
export const adder = () =>
  [...document.querySelectorAll("#outline-empty [data-add], #outline-add [data-add]")].find((one) =>
    one.checkVisibility(),
  );

function arrive(hash) {
  if (hash === ADDING) {
    const button = adder();
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: "center" });
    return Boolean(button);
  }
  const id = Number(PART.exec(hash)?.[1]);
  if (!id || !row(id)) return false;
  const above = [];
  for (let up = size(id).up; up?.row; up = up.up) above.push(up.row.id);
  if (above.some((one) => view.folded.has(one))) fold(above, false);
  if (!elementOf(id)) showAll();
  focusRow(id);
  const element = elementOf(id);
  element.scrollIntoView({ block: "center" });
  // Seen however one came there: a browser draws no ring after a press.
  element.classList.add("arrived");
  element.addEventListener("focusout", () => element.classList.remove("arrived"), { once: true });
  return true;
}

/* A press leads there again, though the address stays the same; and whatever the link stood in is shut. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href*='#']");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { hash, pathname, origin } = new URL(link.href, location.href);
  if (origin !== location.origin || pathname !== location.pathname) return;
  if (hash !== ADDING && !PART.test(hash)) return;
  event.preventDefault();
  link.closest("[popover]")?.hidePopover();
  arrive(hash);
});
addEventListener("hashchange", () => arrive(location.hash));

/** Where the page was opened, once its rows are drawn. */
export const arriveAtFirst = () => location.hash && arrive(location.hash);
