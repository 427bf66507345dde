/* Names for what the editor of Wagtail leaves nameless to a screen reader: the texts of rich
   text fields, the box of the tags, the cells of tables, groups in the picker of blocks, and
   searches. Each is named by what a sighted person reads beside it. */

const FIELDS = ".public-DraftEditor-content, .ui-autocomplete-input";
const CELLS =
  ".typed-table-block td :is(.public-DraftEditor-content, input:not([type=hidden]), textarea)";
let count = 0;

function idOf(element) {
  element.id ||= `named-${++count}`;
  return element.id;
}

/* The label of a field stands before it, in its block or in the head of its panel. */
function labelOf(field) {
  const wrapper = field.closest("[data-field-wrapper]");
  return (
    wrapper?.parentElement.querySelector(":scope > label, :scope > .w-field__label") ??
    field.closest(".w-panel")?.querySelector(".w-panel__heading")
  );
}

/* Its column's heading, or what asks for one, and its row: “Heights, 2”. */
function nameOf(cell) {
  const place = cell.closest("td");
  const heading = place.closest("table").tHead.rows[0].cells[place.cellIndex];
  const typed = heading?.querySelector(".column-heading");
  return typed && `${typed.value || typed.placeholder}, ${place.parentElement.rowIndex}`;
}

function nameCells() {
  for (const cell of document.querySelectorAll(CELLS)) {
    const name = nameOf(cell);
    if (name) cell.setAttribute("aria-label", name);
  }
}

function nameAll() {
  nameCells();
  for (const field of document.querySelectorAll(FIELDS)) {
    const named = field.hasAttribute("aria-labelledby") || field.matches(CELLS);
    const label = named ? null : labelOf(field);
    if (label) field.setAttribute("aria-labelledby", idOf(label));
  }
  for (const group of document.querySelectorAll(".w-combobox__optgroup:not([role])")) {
    const label = group.querySelector(".w-combobox__optgroup-label");
    group.setAttribute("role", "group");
    if (label) group.setAttribute("aria-labelledby", idOf(label));
  }
  for (const search of document.querySelectorAll("form[role=search]:not([aria-label])")) {
    const input = search.querySelector("input:not([type=hidden])");
    const name =
      input?.getAttribute("aria-label") || input?.labels?.[0]?.innerText || input?.placeholder;
    if (name) search.setAttribute("aria-label", name.trim());
  }
}

nameAll();
document.addEventListener("input", (event) => {
  if (event.target.matches(".column-heading")) nameCells();
});
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
