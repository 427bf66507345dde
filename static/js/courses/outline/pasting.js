/* A list of titles becomes lessons: a line each, with chapters where lines are indented below
   others or marked as headings. What it becomes is counted while it is written. */

import { chapters, lessons, listed, say } from "./words.js";
import { course, outline, row } from "./state.js";
import { isChapter } from "./tree.js";
import { view } from "./view.js";
import { grid } from "./drawing.js";
import { openDialog } from "./dialogs.js";
import { paste } from "./verbs.js";
import { whenListIsPasted } from "./typing.js";

const dialog = document.getElementById("outline-paste");
const field = dialog.querySelector("textarea");
const count = dialog.querySelector(".becomes");
// As courses/outline/titles.py reads them.
const MARK = /^(?:[-*+•–—]\s+|\(?\d+(?:\.\d+)+[.)]?\s+|\(?\d+[.)]\s+|\(?[a-zA-Z][.)]\s+)/;
const HEADING = /^(#{1,6})\s+/;
const TAB = "    ";
const BELOW_HEADINGS = 7;
let into = course;

/** How many of the lines become chapters, and how many lessons. */
function counted(text) {
  const above = [];
  const lines = [];
  let heading = 0;
  for (const raw of text.replaceAll("\t", TAB).split("\n")) {
    const bare = raw.trim();
    const found = HEADING.exec(bare);
    if (found) heading = found[1].length;
    const indent = raw.length - raw.trimStart().length + (heading && BELOW_HEADINGS);
    const title = (found ? bare.slice(found[0].length) : bare.replace(MARK, "")).trim();
    if (!title) continue;
    const line = { depth: found ? heading : indent, isChapter: Boolean(found) };
    while (above.length && above.at(-1).depth >= line.depth) above.pop();
    if (above.length) above.at(-1).isChapter = true;
    above.push(line);
    lines.push(line);
  }
  const count = lines.filter((line) => line.isChapter).length;
  return { chapters: count, lessons: lines.length - count };
}

function tell() {
  const sum = counted(field.value);
  const facts = listed([sum.chapters && chapters(sum.chapters), sum.lessons && lessons(sum.lessons)]);
  count.textContent = facts ? say("becomes", { rows: facts }) : "";
}

export function openPaste(text = "", parent = course) {
  into = parent;
  field.value = text;
  tell();
  openDialog("outline-paste", () => {
    if (field.value.trim()) paste(field.value, into);
  });
  field.focus();
}

field.addEventListener("input", tell);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) dialog.querySelector("form").requestSubmit();
});
whenListIsPasted(openPaste);

/* Pasted where no text is, it goes to the end of the chapter in which one is. */
grid.addEventListener("paste", (event) => {
  if (event.target.matches("input:not([type=checkbox])") || !outline().may_write) return;
  const text = event.clipboardData.getData("text/plain");
  const one = row(view.current);
  if (!text.trim() || !one) return;
  event.preventDefault();
  openPaste(text, isChapter(one) ? one.id : one.parent);
});
