/* Forms that change a lesson without leaving it: what comes back is the page, and the parts
   of it that can have changed are put in the place of their former selves. */

function replaceParts(page) {
  for (const part of page.querySelectorAll("[data-part]")) {
    const name = CSS.escape(part.dataset.part);
    document.querySelector(`[data-part="${name}"]`)?.replaceWith(document.importNode(part, true));
  }
  document.querySelector(".toasts")?.remove();
  const toasts = page.querySelector(".toasts");
  if (toasts) document.body.append(document.importNode(toasts, true));
}

async function send(form, submitter) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  submitter?.setAttribute("aria-busy", "true");
  const home = form.closest("[data-part]")?.dataset.part;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("[data-part]")) {
      location.assign(answer.url); // signed out, refunded, gone: that page says so
      return;
    }
    replaceParts(page);
    if (answer.redirected) history.replaceState(null, "", answer.url.split("#")[0]);
    const where = home ? document.querySelector(`[data-part="${CSS.escape(home)}"]`) : form;
    where?.querySelector("[data-focus]")?.focus();
  } catch {
    form.submit(); // no answer: let the browser try, and say what is wrong
  } finally {
    delete form.dataset.sending;
    submitter?.removeAttribute("aria-busy");
  }
}

// Before the listener of every page, which would take the press for its own.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest?.("form[data-swap]");
    if (!form) return;
    event.preventDefault();
    send(form, event.submitter);
  },
  true,
);
