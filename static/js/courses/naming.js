/* Names for what the editor of Wagtail leaves nameless to a screen reader: the texts of rich
   text fields, the box of the tags, groups in the picker of blocks, and searches. Each is named
   by what a sighted person reads beside it. */

const FIELDS = ".public-DraftEditor-content, .ui-autocomplete-input";
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

function nameAll() {
  for (const field of document.querySelectorAll(FIELDS)) {
    const label = field.hasAttribute("aria-labelledby") ? null : labelOf(field);
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
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
