/* Writing without reaching for the mouse: Enter adds the next line of a list, and an empty lesson
   begins with one press. */

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
    const field = event.target.closest?.("[data-field]");
    if (field && field.getBoundingClientRect().bottom > innerHeight - BAR && field.offsetHeight < innerHeight / 2) {
      field.scrollIntoView({ block: "center" });
    }
  }, 250);
});
