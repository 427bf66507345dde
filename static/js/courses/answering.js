// An address that names a comment (?comment=7) leads to it: Wagtail marks it, but leaves the panel
// in which it stands closed. It is open for this visit only, not for every page from now on.

const KEPT = "wagtail:side-panel-open";

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(panel) {
  try {
    if (panel === null) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, panel);
  } catch {
    // Where nothing is kept, nothing has to be put back.
  }
}

function open() {
  const toggle = document.querySelector('[data-side-panel-toggle="comments"]');
  if (!toggle) return;
  const before = kept();
  if (toggle.getAttribute("aria-expanded") !== "true") toggle.click();
  keep(before);
}

// After Wagtail's own, which opens what was open last.
if (new URLSearchParams(location.search).has("comment"))
  addEventListener("load", () => setTimeout(open, 400));
