/* The bin: what was removed before any release held it, and can come back. */

import { lessons, say } from "./words.js";
import { outline, when } from "./state.js";
import { ask } from "./dialogs.js";
import { destroy, restore } from "./verbs.js";

const place = document.getElementById("outline-bin");
const list = place.querySelector("ul");
const template = document.getElementById("outline-binned").content.firstElementChild;
const mayWrite = outline().may_write;

function drawBin() {
  const { bin } = outline();
  const key = JSON.stringify(bin);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.hidden = !bin.length;
  place.querySelector("summary").textContent = say("bin", { n: bin.length });
  list.replaceChildren(...bin.map(drawEntry));
}

function drawEntry({ id, title, kind, lessons: count }) {
  const entry = template.cloneNode(true);
  entry.querySelector(".title").textContent = title;
  entry.querySelector(".st-note").textContent =
    kind === "chapter" ? say("a_chapter", { lessons: lessons(count) }) : say("a_lesson");
  const [back, away] = entry.querySelectorAll("button");
  back.setAttribute("aria-label", say("restore_row", { title }));
  away.setAttribute("aria-label", say("delete_row", { title }));
  back.hidden = away.hidden = !mayWrite;
  back.addEventListener("click", () => restore([id]));
  away.addEventListener("click", () => {
    const head = say("delete_head", { title });
    const question = { head, body: say("delete_body"), yes: say("delete_yes"), takesAway: true };
    ask(question, () => destroy(id, title));
  });
  return entry;
}

when("changed", drawBin);
