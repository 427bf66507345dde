/* Two people at once: what the other did stands, and whoever came second is told and may choose. */

import { say } from "./words.js";
import { callOut, difference, tellRefusal } from "./telling.js";
import { asTold, course, outline, row, size } from "./state.js";
import { changed, childrenOf, isChapter, lastIn, measured } from "./tree.js";
import { add, insist, nameOf } from "./verbs.js";
import { focusRow } from "./drawing.js";
import { whenSent } from "./sending.js";

/* The number that a row would have if the change were made over what stands now. */
function numberIf(change, id) {
  return measured(changed(asTold(), change).rows, course).get(id)?.number ?? "";
}

function tellOfMove(change, { who, pages }) {
  const id = pages?.find((one) => change.args.pages.includes(one)) ?? change.args.pages[0];
  const one = row(id);
  if (!one) return tellRefusal(say("gone_meanwhile"));
  const name = who || say("somebody");
  const [theirs, mine] = [size(id).number, numberIf(change, id)];
  const title = one.title;
  const parent = nameOf(one.parent);
  const theirPlace = { name, parent, number: theirs, mine: nameOf(change.args.parent) };
  return callOut(`clash-${id}`, {
    icon: "users",
    tone: "warm",
    head: say("moved_meanwhile", { name, title }),
    body: ` ${say("moved_meanwhile_more", theirPlace)}`,
    lasting: true,
    actions: [
      { label: say("move_it_to", { number: mine }), isMain: true, act: () => again(change, id) },
      { label: say("leave_it_in", { number: theirs }), act: () => focusRow(id) },
    ],
  });
}

function again(change, id) {
  insist(change);
  focusRow(id);
}

function tellOfName(change, { who, title }) {
  const id = change.args.page;
  const name = who || say("somebody");
  return callOut(`clash-${id}`, {
    icon: "users",
    head: say("renamed_meanwhile", { name }),
    body: [" ", ...difference(change.args.title, title)],
    lasting: true,
    actions: [
      { label: say("keep_mine"), act: () => insist(change, { was: title }) },
      { label: who ? say("take_theirs", { name }) : say("take_other"), act: () => focusRow(id) },
    ],
  });
}

/* What was typed is not lost because its place is. */
function tellOfTitle(change, { detail }) {
  const { title, kind } = change.args;
  const parent = kind === "chapter" ? course : lastChapter();
  return callOut(`lost-${change.key}`, {
    icon: "users",
    tone: "warm",
    head: say("not_added", { title }),
    body: ` ${detail}`,
    actions: [
      {
        label: say("add_at_end"),
        isMain: true,
        act: () => focusRow(add({ kind, title, parent, after: lastIn(outline().rows, parent) })),
      },
    ],
  });
}

function lastChapter() {
  const last = childrenOf(outline().rows, course).findLast((one) => one.state !== "retired");
  return last && isChapter(last) ? last.id : course;
}

whenSent("refused", (change, answer, lost) => {
  if (answer.code === "moved_meanwhile" && change.verb === "move") tellOfMove(change, answer);
  else if (answer.code === "renamed_meanwhile" && change.verb === "rename") tellOfName(change, answer);
  else if (answer.code === "place_gone" && change.verb === "add") tellOfTitle(change, answer);
  else tellRefusal(answer.detail);
  if (lost.length) {
    const titles = lost.map(({ args }) => args.title).filter(Boolean);
    const body = titles.length ? ` ${titles.map((title) => `“${title}”`).join(", ")}` : "";
    callOut("lost", { icon: "circle-x", tone: "bad", head: say("lost", { n: lost.length }), body });
  }
});
