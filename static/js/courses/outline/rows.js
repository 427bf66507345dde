/* One row of the outline, from its template. What is drawn once is only touched where it is
   another: whoever is in a row stays in it. */

import { lessons, say, together } from "./words.js";
import { drawing } from "./telling.js";
import { outline, size, unsent } from "./state.js";
import { isChapter, withBelow } from "./tree.js";
import { line } from "./sending.js";
import { DRAFT, view } from "./view.js";

const template = document.getElementById("outline-row").content.firstElementChild;
const ICONS = { video: "play", mixed: "play", article: "book-open", quiz: "list-checks" };
const PLACES = [".pick input", ".grip", ".more", ".fold", ".kind", ".note", ".here", "a"];
const CELLS = [".no", ".name", ".ck", ".pv", ".min", ".sta"];
export const WIDGETS = "input, button, a[href]";

export function newRow(id) {
  const element = template.cloneNode(true);
  element.dataset.id = id;
  const parts = {};
  for (const place of [...PLACES, ...CELLS]) parts[place] = element.querySelector(place);
  return { element, parts, was: {} };
}

/* Calls ``draw`` if ``value`` is another than the one that was drawn last. */
function keep({ was }, name, value, draw) {
  if (was[name] === value) return;
  was[name] = value;
  draw(value);
}

/** What is on its way and has found no line yet; asked once a drawing, not once a row. */
export function idsUnsent() {
  if (!line.trouble) return new Set();
  const ids = unsent().flatMap(({ verb, args, temps }) => [
    args.page,
    ...(verb === "duplicate" ? [] : (args.pages ?? [])), // its originals are as they were
    ...Object.values(temps ?? {}),
  ]);
  return new Set(ids);
}

export function drawRow(drawn, shown, notSaved) {
  const { element, parts } = drawn;
  const { id, row, level, number, place, among, isShut } = shown;
  const { retired, lessons: count, minutes, parts: inside } = size(id);
  const chapter = isChapter(row);
  const isChosen = view.chosen.has(id);
  const attribute = (name, value) =>
    keep(drawn, name, value, () =>
      value === null ? element.removeAttribute(name) : element.setAttribute(name, value),
    );

  attribute("aria-level", level);
  attribute("aria-posinset", place);
  attribute("aria-setsize", among);
  attribute("aria-expanded", chapter ? String(!isShut) : null);
  attribute("aria-selected", String(isChosen));
  keep(drawn, "level", level, () => element.style.setProperty("--l", level));
  parts[".pick input"].checked = isChosen; // a click may have ticked what is not chosen
  keep(drawn, "chapter", chapter, () => element.classList.toggle("chapter", chapter));
  keep(drawn, "retired", retired, () => element.classList.toggle("retired", retired));

  const title = row.title;
  keep(drawn, "names", `${number}|${title}|${isShut}`, () => {
    const full = [number, title].filter(Boolean).join(" ");
    parts[".pick input"].setAttribute("aria-label", say("choose_row", { title: full }));
    parts[".grip"].setAttribute("aria-label", say("move_row", { title }));
    parts[".more"].setAttribute("aria-label", say("more_row", { title }));
    if (chapter) {
      parts[".fold"].setAttribute("aria-label", say(isShut ? "unfold_row" : "fold_row", { title }));
    }
  });
  keep(drawn, "title", title, () => {
    parts.a.textContent = title;
    parts.a.title = title; // which may be longer than its line
  });
  keep(drawn, "edit", row.edit, () => {
    if (row.edit) parts.a.href = row.edit;
    else parts.a.removeAttribute("href");
  });
  keep(drawn, "icon", row.icon, () => {
    parts[".fold"].hidden = !chapter;
    parts[".kind"].hidden = chapter;
    if (!chapter) parts[".kind"].replaceChildren(drawing(ICONS[row.icon] ?? "book-open"));
  });

  const shownMinutes = retired && chapter ? 0 : chapter ? minutes : row.minutes;
  const long = shownMinutes ? say("minutes", { m: shownMinutes }) : "";
  keep(drawn, "number", `${number}|${long}`, () => {
    const small = document.createElement("span");
    small.className = "min-s";
    small.textContent = [number && long && "\u00a0·\u00a0", long].filter(Boolean).join("");
    parts[".no"].replaceChildren(number, small);
  });
  keep(drawn, "minutes", long, () => (parts[".min"].textContent = long));

  const note = noteOf(row, chapter && !retired, count, inside);
  keep(drawn, "note", note, () => (parts[".note"].textContent = note));
  drawHere(drawn, row, chapter && isShut);
  drawChecks(drawn, row, chapter, retired, notSaved.has(id));
  keep(drawn, "preview", row.preview, () => {
    parts[".pv"].replaceChildren(...(row.preview ? [mark("accent", "eye", say("preview"))] : []));
  });
  keep(drawn, "state", row.state, () => {
    const state = document.createElement("span");
    state.className = `st-state ${row.state}`;
    state.append(document.createElement("i"), say(`state_${row.state}`));
    parts[".sta"].replaceChildren(state);
  });
}

function noteOf(row, counts, count, inside) {
  if (row.state === "retired") return row.began ? say("began", { n: row.began }) : "";
  if (!counts) return "";
  return inside ? say("in_parts", { n: inside, lessons: lessons(count) }) : lessons(count);
}

const initials = (name) =>
  name
    .split(/\s+/)
    .map((part) => [...part][0])
    .slice(0, 2)
    .join("")
    .toUpperCase();

export function avatar(name) {
  const one = document.createElement("span");
  one.className = "st-avatar b";
  one.setAttribute("aria-hidden", "true");
  one.textContent = initials(name);
  return one;
}

/* Who is in a lesson now; of a folded chapter, who is somewhere in it. */
function drawHere(drawn, row, isShut) {
  const below = isShut ? withBelow(outline().rows, [row.id]).slice(1) : [];
  const busy = below.find(({ here }) => here.length);
  const people = row.here.length ? row.here : (busy?.here ?? []);
  const number = busy && !row.here.length ? size(busy.id).number : "";
  keep(drawn, "here", [number, ...people].join("|"), () => {
    const { ".here": here } = drawn.parts;
    here.hidden = !people.length;
    if (!people.length) return;
    const values = { name: together(people), number, n: people.length };
    here.replaceChildren(avatar(people[0]), say(number ? "is_in" : "is_writing", values));
  });
}

function mark(tone, icon, text) {
  const one = document.createElement("span");
  one.className = `st-mark ${tone}`;
  one.append(drawing(icon), text);
  return one;
}

function drawChecks(drawn, row, chapter, retired, isUnsent) {
  const { length: missing } = row.problems;
  const isFine = !chapter && !retired && !missing && !row.isNew;
  keep(drawn, "checks", `${isUnsent}|${missing}|${isFine}|${row.title}`, () => {
    const cell = drawn.parts[".ck"];
    if (isUnsent) cell.replaceChildren(mark("warm", "cloud-off", say("not_saved")));
    else if (missing) cell.replaceChildren(problemsButton(row, missing));
    else if (isFine) cell.replaceChildren(fine());
    else cell.replaceChildren();
  });
}

function problemsButton({ title }, n) {
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  button.className = "st-mark warm problems";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-label", say("missing_row", { n, title }));
  button.append(drawing("triangle-alert"), say("missing", { n }));
  return button;
}

function fine() {
  const words = document.createElement("span");
  words.className = "w-sr-only";
  words.textContent = say("fine");
  return mark("good", "check", words);
}

/** The Tab key reaches one row of all, and in it what can be used. */
export function makeReachable(element, isReachable) {
  element.tabIndex = isReachable ? 0 : -1;
  for (const widget of element.querySelectorAll(WIDGETS)) {
    widget.tabIndex = isReachable ? 0 : -1;
  }
}

export const isDraft = (element) => element?.dataset.id === DRAFT;
