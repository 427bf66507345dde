/* What the outline says: aloud in a live region, in a toast that can be undone, in callouts that
   stand above the rows until they are answered. */

import { say } from "./words.js";

const STAYS = 10_000;
const voice = document.getElementById("outline-voice");
const toast = document.getElementById("outline-toast");
const callouts = document.getElementById("outline-callouts");
const template = document.getElementById("outline-callout");
let timer;
let offered = null;

/** Read aloud, and not seen. The same sentence twice is said twice. */
export function announce(text) {
  voice.textContent = voice.textContent === text ? `${text}\u00a0` : text;
}

/**
 * ``offer`` is ``{label, keys, act}``: what the button does that stands beside the text. What was
 * said aloud before is not said twice.
 */
export function showToast(text, offer, { isSaid = false } = {}) {
  if (!isSaid) announce(text);
  offered = offer;
  toast.querySelector("span").textContent = text;
  const button = toast.querySelector("button");
  button.hidden = !offer;
  if (offer) {
    button.querySelector("span").textContent = offer.label;
    button.querySelector("kbd").textContent = offer.keys;
  }
  toast.hidden = false;
  hideLater();
}

function hideToast() {
  clearTimeout(timer);
  toast.hidden = true;
  offered = null;
}

function hideLater() {
  clearTimeout(timer);
  if (!toast.matches(":hover, :focus-within")) timer = setTimeout(hideToast, STAYS);
}

toast.querySelector("button").addEventListener("click", () => {
  const { act } = offered;
  hideToast();
  act();
});
for (const event of ["pointerenter", "focusin"]) {
  toast.addEventListener(event, () => clearTimeout(timer));
}
for (const event of ["pointerleave", "focusout"]) {
  toast.addEventListener(event, () => setTimeout(hideLater));
}

/**
 * A callout above the rows; one of the same ``name`` takes its place. ``body`` is text or nodes;
 * ``actions`` are ``{label, act, isMain, stays}``: it goes with a press, unless it stays. Without ``lasting`` it can be put away.
 */
export function callOut(name, { icon, tone, head, body = [], actions = [], lasting = false }) {
  const one = template.content.firstElementChild.cloneNode(true);
  one.dataset.name = name;
  if (tone) one.classList.add(tone);
  one.querySelector(":scope > .icon").replaceWith(drawing(icon));
  one.querySelector("b").textContent = head;
  one.querySelector(".said").append(...[body].flat());
  const row = one.querySelector(".st-actions");
  for (const action of actions) row.append(control(action, () => one.remove()));
  row.hidden = !actions.length;
  const close = one.querySelector(".close");
  close.hidden = lasting;
  close.addEventListener("click", () => one.remove());
  const former = callouts.querySelector(`[data-name="${CSS.escape(name)}"]`);
  if (former) former.replaceWith(one);
  else callouts.append(one);
  return one;
}

export const takeIn = (name) =>
  callouts.querySelector(`[data-name="${CSS.escape(name)}"]`)?.remove();

function control({ label, act, isMain, stays }, done) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = `button button-small${isMain ? "" : " button-secondary"}`;
  one.textContent = label;
  one.addEventListener("click", () => {
    if (!stays) done();
    act();
  });
  return one;
}

/** An icon from the sprite, as the page's own are drawn. */
export function drawing(name) {
  const icons = document.getElementById("outline-icons").content;
  return icons.querySelector(`[data-icon="${name}"]`).firstElementChild.cloneNode(true);
}

/** ``before`` and ``after`` of a text, struck and underlined. */
export function difference(before, after) {
  const [del, ins] = ["del", "ins"].map((tag) => document.createElement(tag));
  del.textContent = before;
  ins.textContent = after;
  return [del, " ", ins];
}

/** Refused, in the server's words. */
export function tellRefusal(sentence) {
  callOut("refused", { icon: "circle-x", tone: "bad", head: say("refused"), body: ` ${sentence}` });
}
