/* What stands in the editor and is in no draft yet. Wagtail looks twice a second, not at all in the
   first two, and takes what is typed while it saves as saved; its rich text hands on what was typed
   only after a moment of quiet. */

const MOST = 2000; // what was typed and deleted again is never handed on

let typedAt = -Infinity;
const rich = new Map(); // fields of rich text: what they held when somebody typed there, and when
let kept = null; // the fields as they were when the page opened, or as they were sent last
let keptAt = 0;
let isSent = false;

export function editedForm() {
  return document.querySelector("form[data-controller~='w-autosave']");
}

const watch = () => window.wagtail?.app?.getControllerForElementAndIdentifier(editedForm(), "w-unsaved");

/** A promise for the moment when the fields hold what was typed; nothing where they do already. */
export function settled() {
  return behind() ? new Promise((done) => wait(done)) : null;
}

function wait(done) {
  if (behind()) setTimeout(() => wait(done), 50);
  else done();
}

function behind() {
  for (const [field, { value, at }] of rich) {
    if (field.value !== value || performance.now() - at > MOST) rich.delete(field);
  }
  return rich.size > 0;
}

function noteRich(text) {
  const place = text.closest("[data-draftail-editor-wrapper]")?.parentElement;
  const field = place?.querySelector(":scope > input[type=hidden]");
  if (field) rich.set(field, { value: field.value, at: performance.now() });
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

function keep(fields) {
  kept = fields;
  keptAt = performance.now();
}

for (const kind of ["focusin", "pointerdown"]) {
  document.addEventListener(
    kind,
    (event) => {
      const unsaved = kept === null && editedForm()?.contains(event.target) && watch();
      if (unsaved && !unsaved.initialFormData) keep(unsaved.formData);
    },
    true,
  );
}

document.addEventListener(
  "input",
  (event) => {
    if (!editedForm()?.contains(event.target)) return;
    typedAt = performance.now();
    if (event.target.isContentEditable) noteRich(event.target);
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

document.addEventListener("w-autosave:save", () => keep(watch()?.formData ?? null));

// What was sent is what is saved, with the fields that the server set itself; no more than that.
document.addEventListener(
  "w-autosave:success",
  (event) => {
    if (kept === null) return;
    const fields = new URLSearchParams(kept);
    for (const [name, value] of Object.entries(event.detail?.response?.field_updates ?? {})) {
      if (fields.has(name)) fields.set(name, value);
    }
    kept = fields.toString();
    isSent = true;
  },
  true,
);

document.addEventListener("w-unsaved:watch-edits", () => {
  const unsaved = watch();
  if (!unsaved) return;
  if (kept !== null && (isSent || typedAt > keptAt)) {
    unsaved.initialFormData = kept;
    unsaved.check();
  } else {
    keep(unsaved.initialFormData);
  }
  isSent = false;
});
