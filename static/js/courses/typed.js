/* What stands in the editor and is in no draft yet. Wagtail looks twice a second, not at all in the
   first two, and takes what is typed while it saves as saved; its rich text hands on what was typed
   only after a moment of quiet. */

const QUIET = 500;

let typedAt = -Infinity;
let richAt = -Infinity; // the same, in rich text
let kept = null; // the fields as they were when the page opened, or as they were sent last
let keptAt = 0;

export function editedForm() {
  return document.querySelector("form[data-controller~='w-autosave']");
}

const watch = () => window.wagtail?.app?.getControllerForElementAndIdentifier(editedForm(), "w-unsaved");

/** A promise for the moment when the fields hold what was typed; nothing where they do already. */
export function settled() {
  const rest = richAt + QUIET - performance.now();
  return rest > 0 ? new Promise((done) => setTimeout(done, rest)) : null;
}

/** Whether anything typed is in no draft yet. */
export function isUnsaved() {
  const unsaved = watch();
  if (!unsaved) return false;
  if (settled()) return true;
  if (!unsaved.initialFormData) return kept !== null && kept !== unsaved.formData;
  unsaved.check();
  return unsaved.hasEditsValue || unsaved.hasCommentsValue;
}

function keep() {
  kept = watch()?.formData ?? null;
  keptAt = performance.now();
}

for (const kind of ["focusin", "pointerdown"]) {
  document.addEventListener(
    kind,
    (event) => {
      const unsaved = kept === null && editedForm()?.contains(event.target) && watch();
      if (unsaved && !unsaved.initialFormData) keep();
    },
    true,
  );
}

document.addEventListener(
  "input",
  (event) => {
    if (!editedForm()?.contains(event.target)) return;
    typedAt = performance.now();
    if (event.target.isContentEditable) richAt = typedAt;
  },
  true,
);

// A block that is added, moved or deleted changes the fields without a word typed.
document.addEventListener(
  "click",
  (event) => {
    const pressed = event.target.closest?.("button, [role=option]");
    if (pressed && (editedForm()?.contains(pressed) || pressed.role === "option")) typedAt = performance.now();
  },
  true,
);

document.addEventListener("w-autosave:save", keep);

document.addEventListener("w-unsaved:watch-edits", () => {
  const unsaved = watch();
  if (unsaved && kept !== null && typedAt + QUIET > keptAt) {
    unsaved.initialFormData = kept;
    unsaved.check();
  }
});
