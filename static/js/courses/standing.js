/* The frame of a course tells what is still to mend. When something was saved by itself, by the
   editor or in the outline, it tells it anew; what somebody is just using stays as it is till then. */

const PAUSE = 1200;
// "courses:saved" is told by the outline, after each change that the server made or told of.
const SAVED = ["w-autosave:success", "courses:saved"];

let waiting = 0;
let asked = null;
let late = "";

for (const event of SAVED) {
  document.addEventListener(event, () => {
    clearTimeout(waiting);
    waiting = setTimeout(tellAnew, PAUSE);
  });
}

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
  late = "";
  const told = new DOMParser().parseFromString(html, "text/html");
  for (const part of told.querySelectorAll("[data-standing]")) {
    const shown = document.querySelector(`[data-standing="${part.dataset.standing}"]`);
    if (!shown || isAlike(part, shown)) continue;
    if (isUsed(shown)) late = html;
    else shown.replaceWith(part);
  }
}

/* The token is written in another way each time, and means the same. */
function isAlike(part, shown) {
  const bare = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelector("[name=csrfmiddlewaretoken]")?.removeAttribute("value");
    return copy;
  };
  return bare(part).isEqualNode(bare(shown));
}

function isUsed(part) {
  return part.contains(document.activeElement) || part.querySelector(":popover-open") !== null;
}

for (const event of ["focusout", "toggle"]) {
  // Once the focus has come to where it goes.
  document.addEventListener(event, () => late && setTimeout(() => late && show(late)), true);
}
