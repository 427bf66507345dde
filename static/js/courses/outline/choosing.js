/* Several rows at once: choosing them, and the bar that says what can be done with them. */

import { amount, duration, listed, say } from "./words.js";
import { announce } from "./telling.js";
import { outline, row, size, when } from "./state.js";
import { uppermost, withBelow } from "./tree.js";
import { measureHeader } from "./header.js";
import { refresh, view, whenSeen } from "./view.js";
import { grid, rowAt, seen } from "./drawing.js";

const bar = document.getElementById("outline-bulk");
const filters = document.getElementById("outline-filters");
const page = document.getElementById("outline");
let anchor = null;
let toldLast = "";

const choosable = () => seen().filter((id) => row(id));

function tellChosen() {
  const text = sentence();
  if (text !== toldLast) announce(text || say("none_chosen"));
  toldLast = text;
}

/** ``3 lessons chosen, 56 min``: the chapters by themselves, the lessons in them counted. */
function sentence() {
  const { rows } = outline();
  const tops = uppermost(rows, view.chosen);
  if (!tops.length) return "";
  const inside = withBelow(rows, view.chosen).filter(({ kind }) => kind === "lesson");
  const minutes = inside.reduce((sum, { minutes: own }) => sum + own, 0);
  const chosen = say("chosen", { rows: amount(tops) });
  return listed([chosen, minutes && duration(minutes)]);
}

function choose(ids, on = true) {
  for (const id of ids) {
    if (on) view.chosen.add(id);
    else view.chosen.delete(id);
  }
  refresh();
  tellChosen();
}

export function toggle(id) {
  anchor = id;
  choose([id], !view.chosen.has(id));
}

/** From where choosing began to ``id``, and nothing else. */
export function chooseUpTo(id) {
  const ids = choosable();
  const [from, to] = [ids.indexOf(anchor ?? view.current), ids.indexOf(id)].sort((a, b) => a - b);
  if (from < 0) return toggle(id);
  view.chosen.clear();
  return choose(ids.slice(from, to + 1));
}

export function beginAt(id) {
  if (!view.chosen.size) anchor = id;
}

export const chooseAll = () => choose(choosable());
export const chooseNone = () => choose([...view.chosen], false);

grid.addEventListener("click", (event) => {
  const box = event.target.closest(".pick input");
  if (!box) return;
  const id = rowAt(box);
  if (event.shiftKey) chooseUpTo(id);
  else toggle(id);
});

/* ---- The bar ---- */

let acts = {};
/** What its buttons do, by name, with the chosen ids. */
export const offer = (named) => (acts = named);

function drawBar() {
  const ids = [...view.chosen];
  bar.hidden = !ids.length;
  filters.classList.toggle("behind", ids.length > 0);
  filters.inert = ids.length > 0;
  if (!ids.length) return;
  // It stays in sight right below the header, which is as high as its words need.
  measureHeader();
  bar.querySelector("b").textContent = sentence();
  const tops = uppermost(outline().rows, ids);
  const retired = tops.filter(({ id }) => size(id)?.retired);
  for (const button of bar.querySelectorAll("[data-act]")) {
    const { label, hidden } = acts[button.dataset.act].state?.(ids, tops, retired) ?? {};
    button.hidden = Boolean(hidden);
    if (label) button.querySelector("span").textContent = label;
  }
  page.style.setProperty("--bulk", `${bar.offsetHeight}px`);
}

bar.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) acts[button.dataset.act].act([...view.chosen], button);
});
bar.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
  const buttons = [...bar.querySelectorAll("button:not([hidden])")];
  const isForward = (event.key === "ArrowRight") === (getComputedStyle(bar).direction === "ltr");
  const at = buttons.indexOf(document.activeElement) + (isForward ? 1 : -1);
  buttons.at(at % buttons.length).focus();
});

whenSeen(drawBar);
when("changed", () => {
  if (anchor !== null && !row(anchor)) anchor = null;
});
