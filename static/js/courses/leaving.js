/* Whoever goes on to the next lesson right after a word has its draft saved first. Where that fails,
   and on every other way out, the browser asks. */

import { isLeaving, leave, ownSave } from "./saving.js";
import { editedForm, isUnsaved, settled } from "./typed.js";

const WAYS = ".st-frame__tabs a, .st-frame__end a, .st-onward a, .w-breadcrumbs a, .sidebar a";

document.addEventListener(
  "click",
  async (event) => {
    const link = event.target.closest?.(WAYS);
    if (!link?.href || link.target || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!editedForm() || !isUnsaved()) return;
    event.preventDefault();
    event.stopPropagation();
    await settled();
    await ownSave();
    await save();
    location.assign(link.href);
  },
  true,
);

window.addEventListener("beforeunload", (event) => {
  if (!isLeaving() && editedForm() && isUnsaved()) event.preventDefault();
});

async function save() {
  const form = editedForm();
  if (!isUnsaved()) return;
  leave();
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: fieldsOf(form),
      headers: { Accept: "application/json" },
    });
    if ((await answer.json()).success) {
      controller(form, "w-unsaved").submit();
      return;
    }
  } catch {
    // Without a connection, or with something that is no answer.
  }
  leave(false);
}

/* Once the editor has saved by itself, it goes on in the revision that it made; without its number
   the save would be taken for one over somebody else's. */
function fieldsOf(form) {
  const fields = new FormData(form);
  const made = controller(form, "w-autosave")?.revisionIdValue;
  if (made) fields.set("overwrite_revision_id", made);
  return fields;
}

function controller(form, name) {
  return window.wagtail.app.getControllerForElementAndIdentifier(form, name);
}
