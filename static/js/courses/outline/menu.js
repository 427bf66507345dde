/* What can be done with one row, as a menu at its three dots, at its grip when it is pressed and
   not moved, and at the menu key. */

import { say } from "./words.js";
import { row, size } from "./state.js";
import { elementOf, focusRow, grid, rowAt } from "./drawing.js";

const menu = document.getElementById("outline-menu");
const GAP = 4;
let open = null; // {id, from}
let acts = {};

/** What the entries do, by name: ``{act(ids), state(row)}``. */
export const offerMenu = (named) => (acts = named);

export function openMenu(id, from = elementOf(id)?.querySelector(".more")) {
  const one = row(id);
  if (!one) return;
  open = { id, from };
  menu.setAttribute("aria-label", say("more_row", { title: one.title }));
  for (const entry of menu.querySelectorAll("[data-act]")) {
    const { hidden, label, href } = acts[entry.dataset.act].state?.(one, size(id)) ?? {};
    entry.hidden = Boolean(hidden);
    if (label) entry.querySelector("span").textContent = label;
    if (href) entry.href = href;
  }
  menu.showPopover();
  place(from?.offsetParent ? from : elementOf(id));
  entries()[0]?.focus();
}

/* Below what opened it, or above where there is no room; never beyond an edge. */
function place(from) {
  const at = from.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isRightToLeft = getComputedStyle(grid).direction === "rtl";
  const left = isRightToLeft ? at.left : at.right - width;
  const isBelow = at.bottom + GAP + height <= innerHeight || at.top < height + GAP;
  const top = isBelow ? at.bottom + GAP : at.top - GAP - height;
  const within = (value, most) => Math.max(GAP, Math.min(value, most - GAP));
  menu.style.left = `${within(left, innerWidth - width)}px`;
  menu.style.top = `${within(top, innerHeight - height)}px`;
}

const entries = () => [...menu.querySelectorAll("[data-act]:not([hidden])")];

function close() {
  menu.hidePopover();
}

menu.addEventListener("toggle", ({ newState }) => {
  if (newState === "open") open?.from?.setAttribute("aria-expanded", "true");
  else if (open) {
    const { id, from } = open;
    open = null;
    from?.setAttribute("aria-expanded", "false");
    // Unless what was chosen took the focus elsewhere.
    if (menu.contains(document.activeElement) || document.activeElement === document.body) focusRow(id);
  }
});

menu.addEventListener("click", (event) => {
  const entry = event.target.closest("[data-act]");
  if (!entry || !open) return;
  const { id } = open;
  const { act } = acts[entry.dataset.act];
  if (!act) return; // a link
  event.preventDefault();
  close();
  focusRow(id);
  act(id);
});

menu.addEventListener("keydown", (event) => {
  const all = entries();
  const at = all.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  const isLetter = /^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (to !== undefined) all[to].focus();
  else if (event.key === "Tab") close();
  else if (isLetter) {
    const begins = (one) => one.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase());
    [...all.slice(at + 1), ...all].find(begins)?.focus();
  } else return;
  event.preventDefault();
});

grid.addEventListener("click", (event) => {
  const button = event.target.closest(".more, .grip");
  if (button) openMenu(rowAt(button), button);
});
// Elsewhere than on words that may be copied or links that may be opened.
grid.addEventListener("contextmenu", (event) => {
  const id = rowAt(event.target);
  if (id === null || !row(id) || event.target.closest("a, input")) return;
  event.preventDefault();
  openMenu(id);
});
