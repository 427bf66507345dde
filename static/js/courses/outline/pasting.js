/* A list of titles becomes lessons: a line each, with chapters where lines are indented below
   others or marked as headings. What it becomes is counted while it is written. */

import { chapters, lessons, listed, say } from "./words.js";
import { course, outline } from "./state.js";
import { openDialog } from "./dialogs.js";
import { paste } from "./verbs.js";
import { whenListIsPasted } from "./typing.js";

const dialog = document.getElementById("outline-paste");
const field = dialog.querySelector("textarea");
const count = dialog.querySelector(".becomes");
const MARK = /^(?:[-*+•–]\s+|\d+(?:\.\d+)*[.)]\s+|\d+(?:\.\d+)+\s+)/;
let into = course;

/* How the server reads them, so far as it can be told beforehand. */
function counted(text) {
  const lines = text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const heading = /^\s*(#+)\s+/.exec(line);
      const indent = /^\s*/.exec(line)[0].replaceAll("\t", "    ").length;
      const title = line.trim().replace(/^#+\s+/, "").replace(MARK, "").trim();
      return { heading: Boolean(heading), indent, title };
    })
    .filter(({ title }) => title);
  const isChapter = (line, next) =>
    outline().structure !== "flat" && (line.heading || (next && !next.heading && next.indent > line.indent));
  const above = lines.filter((line, at) => isChapter(line, lines[at + 1])).length;
  return { chapters: above, lessons: lines.length - above };
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
