/* Parts of a page that htmx swaps, beside what its attributes say: the token, busy buttons, the
   focus, and what happens when the answer is not what was hoped for. Every form and link works
   without this file; docs/how-to/swap-a-part.md says how to add one. */

const token = document.querySelector("meta[name=csrf-token]").content;

// Read aloud when a part changes that nobody moves to. It must be there before it speaks.
const voice = document.createElement("p");
voice.className = "sr";
voice.setAttribute("role", "status");
document.body.append(voice);

const inOneLine = (text) => text.replace(/\s+/g, " ").trim();
const pressed = ({ requestConfig }) => requestConfig.triggeringEvent?.submitter;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  pressed(detail)?.setAttribute("aria-busy", "true");
});

// A view that has parts says so. Anything else is a page: a closed door, a login, a refusal.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { xhr } = detail;
  detail.shouldSwap = xhr.getResponseHeader("X-Parts") !== null;
  detail.isError = false;
  if (detail.shouldSwap) {
    keepWhatIsTyped(detail.requestConfig.elt);
    return;
  }
  if (xhr.status >= 500) say("broken");
  else askAsAPage(detail);
});

/** What stands in other forms of the place that is about to be replaced was not sent, and stays. */
function keepWhatIsTyped(sent) {
  const place = document.querySelector(sent.dataset.place);
  const typed = [...place.querySelectorAll("input:not([type=hidden]), textarea")].filter(
    (field) => field.id && field.form !== sent && field.value !== field.defaultValue,
  );
  const values = typed.map(({ id, value }) => [id, value]);
  const giveBack = () => {
    for (const [id, value] of values) {
      const field = document.getElementById(id);
      if (field) field.value = value;
    }
  };
  document.addEventListener("htmx:afterRequest", giveBack, { once: true });
}

/** The same once more without htmx. What was refused has written nothing, so it may be repeated. */
function askAsAPage({ xhr, requestConfig, pathInfo }) {
  const asked = new URL(pathInfo.finalRequestPath, location.href);
  const isElsewhere = new URL(xhr.responseURL).pathname !== asked.pathname;
  if (requestConfig.verb === "get") location.assign(asked);
  else if (isElsewhere) location.reload(); // signed out: the page itself leads to the login and back
  else requestConfig.elt.submit();
}

for (const event of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(event, () => say("unreachable"));
}

/** Shows a message where messages stand: ours, or Wagtail's in the studio. */
function say(name) {
  const words = document.getElementById(`swap-${name}`).content;
  const toasts = document.getElementById("toasts");
  if (toasts) {
    toasts.replaceChildren(words.cloneNode(true));
    return;
  }
  const text = words.querySelector("p").textContent;
  const detail = { clear: true, text, type: "error" };
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { xhr } = detail;
  const { elt } = detail.requestConfig; // perhaps swapped away by now
  pressed(detail)?.removeAttribute("aria-busy");
  if (xhr.getResponseHeader("X-Parts") === null) {
    // The button was disabled meanwhile, which took the focus away.
    if (document.activeElement === document.body) requestAnimationFrame(() => pressed(detail)?.focus());
    return;
  }
  const place = document.querySelector(elt.dataset.place);
  const wrong = place.querySelector("[aria-invalid=true]");
  voice.textContent = wrong ? "" : inOneLine(place.querySelector("[data-said]")?.textContent ?? "");
  // A film that ends a lesson takes nobody's focus: only a press does.
  if (elt instanceof HTMLFormElement && !pressed(detail)) return;
  (wrong ?? place.querySelector("[data-focus]"))?.focus();
});

// A link that swaps still opens in a new tab.
document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest?.("a[hx-get]")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) event.stopImmediatePropagation();
  },
  true,
);
