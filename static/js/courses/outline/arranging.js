/* Flat or in chapters: the switch says what becomes of the rows before it is made. */

import { chapters, lessons, say } from "./words.js";
import { course, outline, whole, when } from "./state.js";
import { ask } from "./dialogs.js";
import { childrenOf, isChapter } from "./tree.js";
import { rearrange } from "./verbs.js";

const place = document.getElementById("outline-structure");
const button = place.querySelector("button");

const isFlat = () => outline().structure === "flat";

function consequence() {
  const { rows } = outline();
  if (!isFlat()) {
    const above = rows.filter(isChapter).length;
    if (!above) return say("flat_nothing");
    return say("flat_body", { chapters: chapters(above), lessons: lessons(whole().lessons) });
  }
  const loose = childrenOf(rows, course).length;
  return loose ? say("chapters_body", { lessons: lessons(loose) }) : say("chapters_nothing");
}

function draw() {
  place.querySelector("span").textContent = say(isFlat() ? "is_flat" : "is_in_chapters");
  button.textContent = say(isFlat() ? "make_chapters" : "make_flat");
}

button.addEventListener("click", () => {
  const head = say(isFlat() ? "chapters_head" : "flat_head");
  const yes = say(isFlat() ? "make_chapters" : "make_flat");
  const question = { head, body: consequence(), yes, takesAway: !isFlat() && outline().rows.some(isChapter) };
  ask(question, () => rearrange(isFlat() ? "hierarchical" : "flat"));
});

when("changed", draw);
