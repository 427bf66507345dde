// An address that names a comment (?answer=7) leads to it: the panel in which comments stand opens,
// and what is typed answers it. It is open for this visit only, not on every page from now on.

const KEPT = "wagtail:side-panel-open";
const asked = Number(new URLSearchParams(location.search).get("answer"));

function without_remembering(change) {
  const before = localStorage.getItem(KEPT);
  change();
  if (before === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, before);
}

function open() {
  const toggle = document.querySelector('[data-side-panel-toggle="comments"]');
  const comments = window.comments?.commentApp?.store.getState().comments.comments;
  const told = [...(comments?.values() ?? [])].find((one) => one.remoteId === asked);
  if (!toggle || !told) return;
  if (toggle.getAttribute("aria-expanded") !== "true") without_remembering(() => toggle.click());
  // A panel that is not shown yet takes no focus.
  setTimeout(() => {
    const comment = document.querySelector(`[data-comment-id="${told.localId}"]`);
    comment?.click();
    comment?.querySelector("textarea")?.focus({ preventScroll: true });
    comment?.scrollIntoView({ block: "nearest" });
  }, 200);
}

// After Wagtail's own, which opens what was open last, and after what leads to the field.
if (asked) addEventListener("load", () => setTimeout(open, 500));
