/* The editor saves by itself. Whoever presses Save while that is on its way would create a new
   page twice, so the press waits for it; and once pressed, nothing more is saved by itself. */

import { editedForm, settled } from "./typed.js";

let saving = false;
let leaving = false;
let pressed = null;

document.addEventListener("w-autosave:save", (event) => {
  if (leaving) event.preventDefault();
  else saving = true;
});

for (const end of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(end, () => {
    saving = false;
    pressed?.();
  });
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const rest = settled();
    if (form !== editedForm() || !(saving || rest)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    pressed = () => {
      pressed = null;
      if (button?.name) {
        // The button is disabled by now, so its name would not be sent.
        const field = Object.assign(document.createElement("input"), { type: "hidden" });
        form.append(Object.assign(field, { name: button.name, value: button.value }));
      }
      form.requestSubmit();
    };
    rest?.then(() => saving || pressed?.());
  },
  true,
);

window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target === editedForm()) leaving = true;
});

window.addEventListener("pageshow", () => {
  leaving = false;
});

/** Resolves once the editor's own save is through, at once where none is under way. */
export function ownSave() {
  if (!saving) return Promise.resolve();
  return new Promise((done) => {
    for (const end of ["w-autosave:success", "w-autosave:error"]) {
      document.addEventListener(end, done, { once: true });
    }
  });
}

/** Nothing is saved by itself any more: the page is being left. */
export function leave(is = true) {
  leaving = is;
}

export function isLeaving() {
  return leaving;
}
