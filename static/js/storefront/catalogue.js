/* The catalogue without whole page loads: filters, order, chips and pages swap in place. */

const parts = () => document.querySelectorAll("[data-live]");
let running = null;

async function show(url, { push = true } = {}) {
  running?.abort();
  running = new AbortController();
  const results = document.getElementById("results");
  results.setAttribute("aria-busy", "true");
  let fresh;
  try {
    const answer = await fetch(url, { signal: running.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (push) history.pushState({ catalogue: true }, "", answer.url);
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(url); // the ordinary way still works
    return;
  }
  const focused = document.activeElement;
  const open = new Map();
  for (const fold of document.querySelectorAll("#filter-form details")) {
    open.set(fold.dataset.name, fold.open);
  }
  for (const part of parts()) {
    const next = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (next) part.replaceChildren(...next.childNodes);
  }
  for (const fold of document.querySelectorAll("#filter-form details")) {
    if (open.has(fold.dataset.name)) fold.open = open.get(fold.dataset.name);
  }
  results.removeAttribute("aria-busy");
  document.title = fresh.title;
  if (focused?.matches("[data-more]")) {
    // Among equals they stand in another order than the few did.
    document.querySelector("[data-name=producer] input")?.focus({ preventScroll: true });
  } else if (focused?.name) {
    const name = CSS.escape(focused.name);
    const value = focused.type === "select-one" ? "" : `[value="${CSS.escape(focused.value)}"]`;
    document.querySelector(`.catalogue [name="${name}"]${value}`)?.focus({ preventScroll: true });
  } else if (!focused?.isConnected) {
    document.querySelector(".catalogue .chips")?.focus({ preventScroll: true });
  }
}

function address() {
  const form = document.getElementById("filter-form");
  const asked = new URLSearchParams();
  const usual = form.elements.sort?.dataset.usual;
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "sort" && value === usual)) asked.append(name, value);
  }
  return asked.size ? `${form.action}?${asked}` : form.action;
}

document.addEventListener("change", (event) => {
  if (event.target.form?.id === "filter-form") show(address());
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "filter-form") return;
  event.preventDefault();
  const sheet = event.submitter?.dataset.close;
  if (sheet) document.getElementById(sheet)?.hidePopover();
  show(address());
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href);
});

window.addEventListener("popstate", () => show(location.href, { push: false }));
