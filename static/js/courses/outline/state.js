/* The outline that is shown: what the server last told, with every change on top that it has not
   answered yet. Whatever it tells anew goes below them, so that nothing done here is ever lost. */

import { changed, measured } from "./tree.js";

const place = document.getElementById("outline");
export const course = Number(place.dataset.course);
const KEPT = `outline-unsent-${course}`;

const listeners = { changed: [], named: [] };
let told = JSON.parse(document.getElementById("outline-data").textContent);
let queue = [];
let shown = told;
let sizes = measured(told.rows, course);
let rowOf = new Map(told.rows.map((row) => [row.id, row]));
let turns = 0;

/** ``changed``: anything shown is another. ``named``: a new row got the id that stays. */
export const when = (event, listener) => listeners[event].push(listener);
const tell = (event, ...news) => listeners[event].forEach((listener) => listener(...news));

export const outline = () => shown;
export const asTold = () => told;
export const unsent = () => queue;
export const row = (id) => rowOf.get(id) ?? null;
/** Number, depth and sums of a row, or of the whole course. */
export const size = (id) => sizes.get(id) ?? null;
export const whole = () => sizes.get(course);
/** Counts what the server told: an answer asked for before another came is older than that. */
export const turn = () => turns;

function refresh() {
  shown = queue.reduce(changed, told);
  sizes = measured(shown.rows, course);
  rowOf = new Map(shown.rows.map((one) => [one.id, one]));
  tell("changed");
}

function keep() {
  try {
    if (queue.length) sessionStorage.setItem(KEPT, JSON.stringify(queue));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Storage may be full or forbidden: then leaving the page still warns.
  }
}

/** What was not sent before this page was loaded again, in its order. */
export function takeUpUnsent() {
  try {
    queue = JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    queue = [];
  }
  refresh();
}

/** A change is made here, and waits for its turn to be sent. */
export function put(change) {
  queue = [...queue, change];
  keep();
  refresh();
}

export function update(change, news) {
  Object.assign(change, news);
  keep();
}

/* All that is said of the course around the outline follows from this: not who looks at it. */
const facts = ({ structure, rows, problems }) =>
  JSON.stringify([structure, problems, rows.map((one) => ({ ...one, here: [] }))]);

function tellAround(news) {
  if (facts(news) !== facts(told)) document.dispatchEvent(new Event("courses:saved"));
}

/** The server told the whole outline anew, beside any change. */
export function take(news) {
  turns++;
  tellAround(news);
  told = news;
  refresh();
}

/** A change is answered, made or refused: it leaves the queue, and the outline below is new. */
export function settle(change, news, made = []) {
  turns++;
  queue = queue.filter((one) => one.key !== change.key);
  const names = news ? namesGiven(change, news, made) : new Map();
  if (news) {
    tellAround(news);
    told = news;
  }
  queue = queue.map((one) => renamed(one, names));
  keep();
  for (const [temporary, id] of names) tell("named", temporary, id);
  refresh();
}

/** A change that cannot be sent any more, and those that build on what it would have made. */
export function drop(change) {
  const lost = new Set(Object.values(change.temps ?? {}));
  const dropped = [change];
  for (const one of queue) {
    if (one.key === change.key || !idsOf(one).some((id) => lost.has(id))) continue;
    dropped.push(one);
    Object.values(one.temps ?? {}).forEach((id) => lost.add(id));
  }
  const keys = new Set(dropped.map(({ key }) => key));
  queue = queue.filter(({ key }) => !keys.has(key));
  keep();
  refresh();
  return dropped;
}

const idsOf = ({ args }) => [args.page, args.parent, args.after, ...(args.pages ?? [])];

/** Whether it names a row that never came to stand. */
export const isForNothing = (change) => idsOf(change).some((id) => typeof id === "string");

/* Copies come in the order of their originals, and so do rows below them. */
function namesGiven(change, news, made) {
  const { verb, temps } = change;
  if (verb === "add" && made.length) return new Map([[temps.made, made[0]]]);
  if (verb !== "duplicate") return new Map();
  const below = new Set(made);
  const ids = news.rows
    .filter(({ id, parent }) => below.has(id) || (below.has(parent) && below.add(id)))
    .map(({ id }) => id);
  const waiting = new Set(Object.values(temps));
  const ours = changed(told, change)
    .rows.filter(({ id }) => waiting.has(id))
    .map(({ id }) => id);
  return ours.length === ids.length ? new Map(ours.map((id, at) => [id, ids[at]])) : new Map();
}

function renamed(change, names) {
  if (!names.size) return change;
  const now = (id) => names.get(id) ?? id;
  const args = { ...change.args };
  for (const name of ["page", "parent", "after"]) {
    if (name in args) args[name] = now(args[name]);
  }
  if (args.pages) args.pages = args.pages.map(now);
  const temps =
    change.verb === "duplicate"
      ? Object.fromEntries(Object.entries(change.temps).map(([id, temp]) => [now(id), temp]))
      : change.temps;
  return { ...change, args, temps };
}
