/* The frame of a course tells what is still to mend. When the editor has saved by itself, it tells
   it anew; what somebody is just using stays as it is until the next time. */

const PAUSE = 1200;

let waiting = 0;
let asked = null;

document.addEventListener("w-autosave:success", () => {
  clearTimeout(waiting);
  waiting = setTimeout(tellAnew, PAUSE);
});

async function tellAnew() {
  const frame = document.querySelector("[data-standing-url]");
  if (!frame) return;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(frame.dataset.standingUrl, { signal: asked.signal });
    // Whoever was signed out meanwhile is sent elsewhere, and told so when they save.
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch {
    // Without a connection the frame stays as it was.
  }
}

function show(html) {
  const told = new DOMParser().parseFromString(html, "text/html");
  for (const part of told.querySelectorAll("[data-standing]")) {
    const shown = document.querySelector(`[data-standing="${part.dataset.standing}"]`);
    if (shown && !isUsed(shown) && !part.isEqualNode(shown)) shown.replaceWith(part);
  }
}

function isUsed(part) {
  return part.contains(document.activeElement) || part.querySelector(":popover-open") !== null;
}
