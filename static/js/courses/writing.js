/* Writing without reaching for the mouse: Enter adds the next line of a list, lines that are pasted
   stay lines, and an empty lesson begins with one press. */

const LINES = "[data-contentpath=what_you_will_learn], [data-contentpath=requirements]";

document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.("[data-streamfield-child]");
  if (event.key !== "Enter" || event.isComposing || !line?.closest(LINES)) return;
  event.preventDefault();
  if (!event.target.value.trim()) return;
  const below = line.nextElementSibling; // Wagtail's own button, which inserts at once a line
  const after = below?.nextElementSibling;
  const next = after?.querySelector("input:not([type=hidden])");
  const isGone = after?.querySelector(":scope > [name$='-deleted']")?.value;
  if (next && !next.value && !isGone) next.focus();
  else below?.querySelector("button")?.click();
});

/* Several lines that are pasted onto one are several lines. */
document.addEventListener("paste", (event) => {
  const line = event.target.closest?.("[data-streamfield-child]");
  const list = line?.closest(LINES);
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  const [first, ...more] = pasted.split(/[\r\n]+/).map((text) => text.trim()).filter(Boolean);
  const field = list && window.wagtail?.editHandler?.getPanelByName(list.dataset.contentpath);
  const lines = field?.getBoundWidget();
  if (!more.length || !lines?.insert) return;
  event.preventDefault();
  const at = lines.children.findIndex((child) => line.contains(child.element));
  event.target.setRangeText(first, event.target.selectionStart, event.target.selectionEnd, "end");
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
  const room = (lines.blockDef.meta.maxNum ?? Infinity) - lines.children.length;
  more.slice(0, room).forEach((value, after) => {
    lines.insert({ type: "item", id: crypto.randomUUID(), value }, at + 1 + after, { focus: true });
  });
});

/* Beside the plus that adds to the end of a list stands what it adds. */
function sayWhatIsAdded() {
  for (const list of document.querySelectorAll("[data-add]")) {
    const places = "[data-streamfield-stream-container], [data-streamfield-list-container]";
    const last = list.querySelector(places)?.lastElementChild;
    const button = last?.matches("button") ? last : last?.querySelector(":scope > .c-sf-add-button");
    if (!button || button === list.says?.parentElement) continue;
    list.says ??= Object.assign(document.createElement("span"), { className: "st-add" });
    list.says.textContent = list.dataset.add;
    button.append(list.says);
  }
}

let saysSoon = 0;
addEventListener("load", () => {
  const form = document.querySelector("[data-edit-form]");
  if (!form) return;
  sayWhatIsAdded();
  new MutationObserver(() => {
    cancelAnimationFrame(saysSoon);
    saysSoon = requestAnimationFrame(sayWhatIsAdded);
  }).observe(form, { childList: true, subtree: true });
  form.addEventListener("change", takeTitle);
});

/* A file that is chosen brings its title where none is written yet. */
function takeTitle({ target }) {
  const file = target.closest?.("[data-contentpath=file]");
  const title = file?.parentElement.querySelector(":scope > [data-contentpath=title] input");
  setTimeout(() => {
    if (!title || title.value || !target.value) return;
    title.value = file.querySelector("[data-chooser-title]")?.textContent.trim() ?? "";
    for (const name of ["input", "change"]) title.dispatchEvent(new Event(name, { bubbles: true }));
  });
}

const begin = document.querySelector("template[data-begin]");

addEventListener("load", () => {
  const body = window.wagtail?.editHandler?.getPanelByName("body")?.getBoundWidget();
  const place = document.querySelector("[data-contentpath=body] [data-streamfield-stream-container]");
  if (!begin || !body?.children || body.children.length || !place) return;
  const offer = begin.content.firstElementChild.cloneNode(true);
  place.after(offer);
  offer.querySelector("button").addEventListener("click", () => {
    const value = body.blockDef.initialChildStates.rich_text;
    body.insert({ type: "rich_text", id: crypto.randomUUID(), value }, 0, { focus: true });
  });
  new MutationObserver(() => {
    offer.hidden = body.children.some((child) => child.element.offsetParent !== null);
  }).observe(place, { childList: true, subtree: true, attributes: true });
});

/* Whoever opens the choice of blocks may type at once what they look for; on a phone that would
   bring up the keyboard over it. */
document.addEventListener("click", (event) => {
  if (!event.target.closest?.(".c-sf-add-button") || !matchMedia("(pointer: fine)").matches) return;
  setTimeout(() => document.querySelector(".w-combobox__field input")?.focus(), 150);
});

/* The bar of the form lies over the foot of the page, and a new block often begins just there. */
const BAR = 120;

document.addEventListener("focusin", (event) => {
  setTimeout(() => {
    event.target.closest?.(".comment")?.scrollIntoView({ block: "nearest" });
    const field = event.target.closest?.("[data-field]");
    if (field && field.getBoundingClientRect().bottom > innerHeight - BAR && field.offsetHeight < innerHeight / 2) {
      field.scrollIntoView({ block: "center" });
    }
  }, 250);
});
