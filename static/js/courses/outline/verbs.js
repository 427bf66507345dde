/* What a person can do to the outline. Each is shown at once, said aloud, and sent. */

import { amount, say } from "./words.js";
import { announce, showToast } from "./telling.js";
import { asTold, course, drop, outline, put, row, size, unsent } from "./state.js";
import {
  block,
  childrenOf,
  isChapter,
  lastIn,
  mayHold,
  moved,
  span,
  uppermost,
  withBelow,
} from "./tree.js";
import { fold, view } from "./view.js";
import { send } from "./sending.js";

/** A UUID: what is asked twice under one is done once. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // no secure context, no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function make(verb, args, more = {}) {
  put({ verb, args, key: newKey(), seen: outline().number, tries: 0, ...more });
  send();
}

/** The same once more, over what stands now. */
export function insist({ verb, args, temps, copy }, news = {}) {
  make(verb, { ...args, ...news }, { temps, copy });
}

export const nameOf = (id) => (id === course ? say("course") : size(id)?.row.title ?? "");

/** Adds a row and gives the id under which it stands till it has one that stays. */
export function add({ kind, title, parent, after }) {
  const temps = { made: `new-${newKey()}` };
  make("add", { kind, title, parent, after }, { temps });
  announce(say("added", { title, number: size(temps.made).number }));
  return temps.made;
}

export function rename(id, title) {
  const was = row(id).title;
  if (title === was) return;
  make("rename", { page: id, title, was });
  announce(say("renamed", { title }));
}

const order = (rows) => rows.map(({ id, parent }) => `${id}<${parent}`).join();

/** Moves rows, and says where they are. False if nothing would change. */
export function move(ids, parent, after) {
  const { rows } = outline();
  const pages = uppermost(rows, ids).map(({ id }) => id);
  if (order(moved(rows, pages, parent, after)) === order(rows)) return false;
  if (parent !== course && view.folded.has(parent)) fold([parent], false);
  make("move", { pages, parent, after });
  announce(whereNow(pages, parent));
  return true;
}

function whereNow(pages, parent) {
  const rows = pages.map(row).filter(Boolean);
  const first = size(pages[0])?.number ?? "";
  const last = size(pages.at(-1))?.number ?? "";
  const values = { title: rows[0]?.title, parent: nameOf(parent), first, last };
  if (pages.length === 1) return say("stands", values);
  return say("stand", { ...values, rows: amount(rows) });
}

/** What is chosen, if ``id`` is of it; else ``id`` alone. */
export const togetherWith = (id) => (view.chosen.has(id) ? [...view.chosen] : [id]);

/* Why a key does nothing, seen as well as heard. */
function refuse(why) {
  showToast(say(why));
  return false;
}

/** One step "up", "down", "in" (the chapter above) or "out". Says why if there is none. */
export function step(id, way) {
  const { rows } = outline();
  const tops = uppermost(rows, togetherWith(id));
  const first = tops[0];
  const going = new Set(tops.map((one) => one.id));
  const beside = childrenOf(rows, first.parent);
  const staying = beside.filter((one) => !going.has(one.id));
  const above = rows[span(rows, first.id)[0] - 1];
  const at = beside.findIndex((one) => one.id === first.id);
  const before = beside.slice(0, at).findLast((one) => !going.has(one.id)) ?? null;
  const after = beside.slice(at).find((one) => !going.has(one.id)) ?? null;
  const parent = row(first.parent);
  const fits = (where) => tops.every(({ kind }) => mayHold(outline(), where, kind));
  const ids = [...going];

  if (way === "in") {
    if (before && fits(before)) return move(ids, before.id, lastIn(rows, before.id));
    if (outline().structure === "flat") return refuse("is_flat_here");
    return refuse(before ? "no_chapter_above" : "nothing_above");
  }
  if (way === "out") {
    const outer = parent && row(parent.parent);
    if (parent && fits(outer)) return move(ids, parent.parent, parent.id);
    return refuse("no_further_out");
  }
  if (way === "up") {
    if (before) {
      const place = staying.indexOf(before) - 1;
      return move(ids, first.parent, place < 0 ? null : staying[place].id);
    }
    if (parent && above) return over(ids, parent, -1, fits);
  } else {
    if (after) return move(ids, first.parent, after.id);
    if (parent) return over(ids, parent, 1, fits);
  }
  return refuse(way === "up" ? "is_first" : "is_last");
}

/* Beyond the first or last of a chapter: into the one next to it, else right under the course. */
function over(ids, parent, way, fits) {
  const { rows } = outline();
  const beside = childrenOf(rows, parent.parent);
  const next = beside[beside.findIndex(({ id }) => id === parent.id) + way];
  if (next && isChapter(next) && fits(next)) {
    return move(ids, next.id, way < 0 ? lastIn(rows, next.id) : null);
  }
  const outer = row(parent.parent);
  if (fits(outer)) {
    const place = beside.findIndex(({ id }) => id === parent.id) - 1;
    return move(ids, parent.parent, way > 0 ? parent.id : (beside[place]?.id ?? null));
  }
  return refuse(way < 0 ? "is_first" : "is_last");
}

export function duplicate(ids) {
  const { rows } = outline();
  const pages = uppermost(rows, ids).map(({ id }) => id);
  const temps = {};
  for (const { id } of pages.flatMap((one) => block(rows, one))) temps[id] = `new-${newKey()}`;
  make("duplicate", { pages }, { temps, copy: say("copy") });
  announce(say("duplicated", { rows: amount(pages.map(row)) }));
  return temps[pages[0]];
}

const lessonsOf = (ids) =>
  withBelow(outline().rows, ids).filter((one) => one.kind === "lesson" && !size(one.id).retired);

/** Whether some of these lessons are not shown as a preview yet. */
export const wantsPreview = (ids) => lessonsOf(ids).some((one) => !one.preview);
export const hasLessons = (ids) => lessonsOf(ids).length > 0;

export function setPreview(ids, on) {
  const pages = lessonsOf(ids)
    .filter((one) => one.preview !== on)
    .map(({ id }) => id);
  if (pages.length) make("preview", { pages, on });
}

/** Out of the outline: what a release holds retires, the rest goes to the bin. */
export function remove(ids) {
  const pages = uppermost(outline().rows, ids).map(({ id }) => id);
  pages.forEach((id) => view.chosen.delete(id));
  make("remove", { pages });
}

export const restore = (ids) => make("restore", { pages: ids });
/** Nobody can name it afterwards, so it is named here. */
export const destroy = (id, title) =>
  make("delete", { pages: [id] }, { told: say("deleted", { title }) });
export const paste = (text, parent) => make("paste", { text, parent });
export const rearrange = (to) => make("structure", { to });

/* How the one thing is called that a change is about. */
function titleIn({ args }) {
  const ids = [args.page, ...(args.pages ?? [])].filter(Boolean);
  return args.title ?? (ids.length === 1 ? row(ids[0])?.title : undefined);
}

/* What was never tried to send is undone by not sending it. */
export function undo() {
  const last = unsent().at(-1);
  if (last && !last.tries && last.verb !== "undo") {
    drop(last);
    const title = titleIn(last);
    announce(title ? say("taken_back_title", { title }) : say("taken_back"));
  } else if (last || asTold().undo) make("undo", {});
  else announce(say("nothing_to_undo"));
}

export function redo() {
  const last = unsent().at(-1);
  if (last?.verb === "undo" && !last.tries) {
    drop(last);
    announce(say("taken_back"));
  } else if (asTold().redo || unsent().some(({ verb }) => verb === "undo")) make("redo", {});
  else announce(say("nothing_to_redo"));
}
