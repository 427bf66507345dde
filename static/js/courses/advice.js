/* What a template says to the author is marked in the editor, until they write over it. */

const advice = document.querySelector("template[data-advice]");

if (advice) addEventListener("load", () => advice.dataset.advice.split(" ").forEach(mark));

function mark(id) {
  const key = document.querySelector(`input[name$="-id"][value="${CSS.escape(id)}"]`);
  const block = key?.closest("[data-streamfield-child]");
  if (!block) return;
  const note = advice.content.firstElementChild.cloneNode(true);
  (block.querySelector(".w-panel__content") ?? block).prepend(note);
  block.addEventListener("input", () => note.remove(), { once: true });
}
