/* The outline as rows in reading order, each naming its parent: what a change makes of them, and
   what follows from their order (numbers, depths, sums). Nothing here knows the page or the server. */

export const isChapter = (row) => row.kind === "chapter";

/** Where a row and all that stands below it begin and end. */
export function span(rows, id) {
  const start = rows.findIndex((row) => row.id === id);
  if (start < 0) return [0, 0];
  const inside = new Set([id]);
  let end = start + 1;
  while (end < rows.length && inside.has(rows[end].parent)) inside.add(rows[end++].id);
  return [start, end];
}

export const block = (rows, id) => rows.slice(...span(rows, id));
export const childrenOf = (rows, parent) => rows.filter((row) => row.parent === parent);
export const lastIn = (rows, parent) => childrenOf(rows, parent).at(-1)?.id ?? null;

/** Of these rows those that stand below no other of them, in reading order. */
export function uppermost(rows, ids) {
  const chosen = new Set(ids);
  const taken = new Set();
  return rows.filter((row) => {
    const isBelow = taken.has(row.parent);
    if (isBelow || chosen.has(row.id)) taken.add(row.id);
    return chosen.has(row.id) && !isBelow;
  });
}

/** These rows and all that stands below them, in reading order. */
export const withBelow = (rows, ids) => uppermost(rows, ids).flatMap(({ id }) => block(rows, id));

/** ``rows`` with others among them: below ``parent``, right after ``after`` or as the first. */
export function placed(rows, others, parent, after) {
  const [start, end] = span(rows, after);
  const above = rows.findIndex((row) => row.id === parent);
  const at = after !== null && end > start ? end : above + 1;
  return [...rows.slice(0, at), ...others, ...rows.slice(at)];
}

/** ``rows`` after a move. They keep their order, and what stands below them goes along. */
export function moved(rows, ids, parent, after) {
  const tops = new Set(uppermost(rows, ids).map(({ id }) => id));
  const going = withBelow(rows, ids);
  const gone = new Set(going.map(({ id }) => id));
  const staying = rows.filter(({ id }) => !gone.has(id));
  const put = going.map((row) => (tops.has(row.id) ? { ...row, parent } : row));
  return placed(staying, put, parent, neighbour(rows, gone, parent, after));
}

/** ``after``, or if it goes itself, whichever stays before it. */
export function neighbour(rows, gone, parent, after) {
  const before = childrenOf(rows, parent);
  let at = before.findIndex(({ id }) => id === after);
  while (at >= 0 && gone.has(before[at].id)) at--;
  return at < 0 ? null : before[at].id;
}

/** Whether a row of this kind may stand below ``parent``: a row, or null for the course itself. */
export function mayHold(outline, parent, kind) {
  if (outline.structure === "flat") return !parent && kind === "lesson";
  return !parent || (isChapter(parent) && parent.state !== "retired");
}

/**
 * What follows from the order, by id; the course itself stands under its own. Retired rows and
 * what is below them have no number and count nowhere.
 */
export function measured(rows, course) {
  const top = { level: 0, number: "", next: 0, size: 0, lessons: 0, minutes: 0, parts: 0 };
  const all = new Map([[course, { ...top, retired: false, up: null, row: null }]]);
  for (const row of rows) {
    const up = all.get(row.parent) ?? all.get(course);
    const retired = up.retired || row.state === "retired";
    const number = retired ? "" : `${up.number && `${up.number}.`}${++up.next}`;
    const own = { level: up.level + 1, number, place: ++up.size, retired, up, row };
    all.set(row.id, { ...top, ...own });
  }
  for (const { id, kind, minutes } of [...rows].reverse()) {
    const one = all.get(id);
    if (one.retired) continue;
    if (kind === "lesson") Object.assign(one, { lessons: 1, minutes });
    else one.up.parts++;
    one.up.lessons += one.lessons;
    one.up.minutes += one.minutes;
  }
  return all;
}

const edited = (row, news) => ({
  ...row,
  ...news,
  state: row.state === "live" || row.state === "review" ? "changed" : row.state,
});

function added({ kind, title, parent }, id) {
  const bare = { minutes: 0, preview: false, released: false, problems: [], here: [], edit: "" };
  const icon = kind === "chapter" ? "chapter" : "article";
  return { ...bare, id, kind, title, parent, icon, state: "draft", isNew: true };
}

/** Copies of a block, with ids that stand for those the server will give. */
function copied(rows, id, titled, nameOf) {
  const retired = new Set();
  const originals = block(rows, id).filter((row) => {
    const stays = row.id === id || !(row.state === "retired" || retired.has(row.parent));
    if (!stays) retired.add(row.id);
    return stays;
  });
  const names = new Map(originals.map((row) => [row.id, nameOf(row.id)]));
  return originals.map((row) => ({
    ...row,
    id: names.get(row.id),
    parent: names.get(row.parent) ?? row.parent,
    title: row.id === id ? titled(row.title) : row.title,
    state: "draft",
    released: false,
    here: [],
    edit: "",
    isNew: true,
  }));
}

function removed(outline, pages) {
  const tops = uppermost(outline.rows, pages);
  const retiring = new Set(tops.filter(({ released }) => released).map(({ id }) => id));
  const leaving = tops.filter(({ released }) => !released);
  const gone = new Set(withBelow(outline.rows, leaving.map(({ id }) => id)).map(({ id }) => id));
  const bin = leaving.map(({ id, kind, title }) => {
    const lessons = block(outline.rows, id).filter((row) => row.kind === "lesson").length;
    return { id, kind, title, lessons: kind === "lesson" ? 0 : lessons };
  });
  const rows = outline.rows
    .filter(({ id }) => !gone.has(id))
    .map((row) => (retiring.has(row.id) ? { ...row, state: "retired", began: 0 } : row));
  return { ...outline, rows, bin: [...bin, ...outline.bin] };
}

function duplicated(rows, { pages }, { temps, copy }) {
  let standing = rows;
  for (const { id, parent } of uppermost(rows, pages)) {
    const copies = copied(rows, id, (title) => copy.replace("{title}", title), (one) => temps[one]);
    standing = placed(standing, copies, parent, id);
  }
  return standing;
}

const edit = (rows, pages, news) => {
  const those = new Set(pages);
  return rows.map((row) => (those.has(row.id) ? edited(row, news) : row));
};

/* What is shown before the server has answered. What only it can tell stays as it is. */
const CHANGES = {
  add: (outline, args, { temps }) =>
    placed(outline.rows, [added(args, temps.made)], args.parent, args.after),
  rename: ({ rows }, { page, title }) => edit(rows, [page], { title }),
  move: ({ rows }, { pages, parent, after }) => moved(rows, pages, parent, after),
  duplicate: ({ rows }, args, change) => duplicated(rows, args, change),
  preview: ({ rows }, { pages, on }) => edit(rows, pages, { preview: on }),
};

/** The outline as it looks once ``change`` is made. */
export function changed(outline, change) {
  const { verb, args } = change;
  if (verb === "remove") return removed(outline, args.pages);
  if (verb === "delete") {
    return { ...outline, bin: outline.bin.filter(({ id }) => !args.pages.includes(id)) };
  }
  const make = CHANGES[verb];
  return make ? { ...outline, rows: make(outline, args, change) } : outline;
}
