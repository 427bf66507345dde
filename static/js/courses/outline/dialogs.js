/* Dialogs: they open with what they are about, and give the focus back to where it was. */

/** Opens the dialog ``id``; ``done`` gets its form's data when it is sent and not put away. */
export function openDialog(id, done) {
  const dialog = document.getElementById(id);
  const form = dialog.querySelector("form");
  const from = document.activeElement;
  const send = (event) => {
    event.preventDefault();
    dialog.close("done");
  };
  const shut = () => {
    form.removeEventListener("submit", send);
    if (from?.isConnected) from.focus({ preventScroll: true });
    if (dialog.returnValue === "done") done?.(new FormData(form));
  };
  dialog.returnValue = "";
  form.addEventListener("submit", send);
  dialog.addEventListener("close", shut, { once: true });
  dialog.showModal();
  return dialog;
}

for (const dialog of document.querySelectorAll("dialog.st-dialog")) {
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-close]")) dialog.close();
  });
}

/** Asks before something is done. ``yes`` is what its button says, red where it ``takesAway``. */
export function ask({ head, body, yes, takesAway = false }, act) {
  const dialog = document.getElementById("outline-ask");
  dialog.querySelector("h2").textContent = head;
  dialog.querySelector("p").textContent = body;
  const button = dialog.querySelector("[type=submit]");
  button.textContent = yes;
  button.classList.toggle("no", takesAway);
  openDialog("outline-ask", act);
}
