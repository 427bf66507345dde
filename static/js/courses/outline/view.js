/* What this screen adds to the outline: what is folded, chosen, looked for, typed or held, and
   from all that which rows are shown. */

import { course, outline, row, size, when } from "./state.js";
import { isChapter, lastIn, measured, placed } from "./tree.js";

const KEPT = `outline-folds-${course}`;
export const DRAFT = "draft";

export const view = {
  folded: new Set(),
  chosen: new Set(),
  find: "",
  marks: new Set(), // the filters that are pressed
  current: null, // the row that the Tab key reaches
  draft: null, // a row being typed: {kind, parent, after}
  renaming: null,
};

const listeners = [];
export const whenSeen = (listener) => listeners.push(listener);
export const refresh = () => listeners.forEach((listener) => listener());

try {
  view.folded = new Set(JSON.parse(sessionStorage.getItem(KEPT)) ?? []);
} catch {
  // Then everything is unfolded.
}

when("named", (temporary, id) => {
  for (const ids of [view.folded, view.chosen]) if (ids.delete(temporary)) ids.add(id);
  if (view.current === temporary) view.current = id;
  if (view.renaming === temporary) view.renaming = id;
  for (const end of ["parent", "after"]) {
    if (view.draft?.[end] === temporary) view.draft[end] = id;
  }
});

when("changed", () => {
  for (const id of view.chosen) if (!row(id)) view.chosen.delete(id);
  const { draft } = view;
  if (draft && draft.parent !== course && !row(draft.parent)) draft.parent = course;
  if (draft && draft.after !== null && row(draft.after)?.parent !== draft.parent) {
    draft.after = lastIn(outline().rows, draft.parent);
  }
  if (view.renaming !== null && !row(view.renaming)) view.renaming = null;
});

export function fold(ids, shut) {
  for (const id of ids) {
    if (shut) view.folded.add(id);
    else view.folded.delete(id);
  }
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([...view.folded]));
  } catch {
    // Not remembered, then.
  }
  unchooseHidden();
  refresh();
}

/** Nothing that is out of sight is ever moved or removed. */
export function unchooseHidden() {
  const seen = new Set(visible().map(({ id }) => id));
  for (const id of view.chosen) if (!seen.has(id)) view.chosen.delete(id);
}

/** Filters, each true of some rows: its name in the words, and of which. */
export const MARKS = {
  changed: (one) => one.state === "changed",
  drafts: (one) => one.state === "draft" && !isChapter(one),
  missing: (one) => one.problems.length > 0,
  previews: (one) => one.preview,
  retired: (one) => one.state === "retired",
};

export const isFiltered = () => view.find.trim() !== "" || view.marks.size > 0;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function found() {
  const words = plain(view.find).split(/\s+/).filter(Boolean);
  const shown = new Set();
  for (const one of outline().rows) {
    const title = plain(one.title);
    if (!words.every((word) => title.includes(word))) continue;
    if (![...view.marks].every((mark) => MARKS[mark](one))) continue;
    for (let up = size(one.id); up?.row; up = up.up) shown.add(up.row.id);
  }
  return shown;
}

const draftRow = ({ kind, parent }) => ({ id: DRAFT, kind, parent, title: "", minutes: 0 });

/** The rows on the screen, in order: ``{id, row, level, number, place, among, isShut}``. */
export function visible() {
  let { rows } = outline();
  let sizeOf = size;
  if (view.draft) {
    rows = placed(rows, [draftRow(view.draft)], view.draft.parent, view.draft.after);
    const sizes = measured(rows, course);
    sizeOf = (id) => sizes.get(id);
  }
  const filtered = isFiltered() ? found() : null;
  const draftAbove = new Set();
  for (let up = view.draft && sizeOf(DRAFT).up; up?.row; up = up.up) draftAbove.add(up.row.id);
  const hidden = new Set();
  const shown = [];
  const seats = new Map();
  for (const one of rows) {
    const { level, number, up } = sizeOf(one.id);
    const isHidden = hidden.has(one.parent) || (filtered && one.id !== DRAFT && !filtered.has(one.id));
    const isShut = isChapter(one) && view.folded.has(one.id) && !filtered && !draftAbove.has(one.id);
    if (isHidden || isShut) hidden.add(one.id);
    if (isHidden) continue;
    const place = (seats.get(up) ?? 0) + 1;
    seats.set(up, place);
    shown.push({ id: one.id, row: one, level, number, place, up, isShut });
  }
  for (const one of shown) one.among = seats.get(one.up);
  return shown;
}
