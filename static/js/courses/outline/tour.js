/* The walk around the outline: it begins by itself in a first course until it was put away, and can be
   taken again. It never takes the focus unasked, and covers nothing that it speaks of. */

import { adder } from "./arriving.js";
import { measureHeader } from "./header.js";

const tour = document.getElementById("outline-tour");
const steps = [...tour.querySelectorAll("li")];
const title = tour.querySelector("h2");
const button = (name) => tour.querySelector(`[data-step=${name}]`);
const GAP = 10;
let at = 0;
let from = null;

const isNarrow = () => matchMedia("(width < 50em)").matches;
const isSeen = (one) => one.getClientRects().length > 0;

/* The first that is there of what a step names; of what is not there yet nothing is framed. */
function target(step) {
  const ways = step.dataset.at.split(",").map((way) => way.trim());
  for (const way of ways) {
    const found = [...document.querySelectorAll(way)].find(isSeen);
    if (found) return found;
  }
  return null;
}

function place() {
  const about = target(steps[at]);
  document.querySelector(".st-toured")?.classList.remove("st-toured");
  about?.classList.add("st-toured");
  steps[at].querySelector(".looks")?.toggleAttribute("hidden", Boolean(about));
  if (!about) {
    tour.classList.remove("above");
    return;
  }
  const spot = about.getBoundingClientRect();
  if (isNarrow()) {
    tour.style.removeProperty("translate");
    tour.classList.toggle("above", spot.top > innerHeight / 2);
    return;
  }
  const box = tour.getBoundingClientRect();
  const below = spot.bottom + GAP + box.height < innerHeight;
  const top = below ? spot.bottom + GAP : Math.max(GAP, spot.top - GAP - box.height);
  const isRtl = getComputedStyle(tour).direction === "rtl";
  const start = isRtl ? spot.right - box.width : spot.left;
  const left = Math.min(Math.max(GAP, start), innerWidth - box.width - GAP);
  tour.style.translate = `${left}px ${top}px`;
}

function show(step) {
  at = Math.min(Math.max(step, 0), steps.length - 1);
  steps.forEach((one, index) => {
    one.hidden = index !== at;
  });
  title.textContent = steps[at].querySelector("h3").textContent;
  tour.querySelector(".st-note").textContent = `${at + 1} / ${steps.length}`;
  const last = at === steps.length - 1;
  button("next").hidden = last;
  button("end").hidden = !last;
  button("back").hidden = at === 0;
  button("away").hidden = last;
  target(steps[at])?.scrollIntoView({ block: isNarrow() ? "center" : "nearest", inline: "nearest" });
  place();
}

function begin() {
  measureHeader();
  tour.hidden = false;
  show(0);
}

/* Put away for good: Wagtail keeps it with the person. Where that fails it is shown once more.
   Who has walked to its end begins; the focus never falls out of the page. */
function end({ begins = false } = {}) {
  const hadFocus = tour.contains(document.activeElement);
  tour.hidden = true;
  document.querySelector(".st-toured")?.classList.remove("st-toured");
  const isFirst = !document.querySelector("#outline-rows > .st-row");
  if (begins && isFirst) adder()?.click();
  else if (from) from.focus({ preventScroll: true });
  else if (begins || hadFocus) adder()?.focus();
  from = null;
  if (!("shown" in tour.dataset)) return;
  delete tour.dataset.shown;
  const token = document.querySelector("#outline [name=csrfmiddlewaretoken]").value;
  fetch(tour.dataset.dismiss, {
    method: "PATCH",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ "outline-tour": true }),
  }).catch(() => {});
}

tour.addEventListener("click", ({ target: pressed }) => {
  const name = pressed.closest("[data-step]")?.dataset.step;
  if (!name) return;
  if (name === "next" || name === "back") {
    show(at + (name === "next" ? 1 : -1));
    title.focus({ preventScroll: true });
  } else end({ begins: name === "end" });
});

addEventListener("keydown", (event) => {
  // What lies over it is closed first.
  const covered = document.querySelector("dialog[open], :popover-open");
  if (event.key === "Escape" && !tour.hidden && !covered) end();
});

for (const event of ["resize", "scroll"]) {
  addEventListener(event, () => tour.hidden || place(), { passive: true, capture: true });
}

document.getElementById("outline-take-tour").addEventListener("click", ({ currentTarget }) => {
  from = currentTarget;
  begin();
  title.focus({ preventScroll: true });
});

// Once the rows are drawn.
if ("shown" in tour.dataset) requestAnimationFrame(() => requestAnimationFrame(begin));
