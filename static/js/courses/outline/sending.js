/* Changes go to the server one after the other, each under a key of its own: the same key sent
   again changes nothing, so whatever got no answer is simply sent again. What is typed and moved
   never waits for this. */

import { asTold, drop, isForNothing, settle, unsent, update } from "./state.js";

const place = document.getElementById("outline");
const token = place.querySelector("[name=csrfmiddlewaretoken]").value;
const PATIENCE = 20_000;
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
// An answer that says "later", or that never came to the server's own words.
const LATER = (status) => status === 429 || status >= 500;

const listeners = { line: [], answered: [], refused: [] };
/** ``line``: saving works or does not. ``answered``, ``refused``: what became of a change. */
export const whenSent = (event, listener) => listeners[event].push(listener);
const tell = (event, ...news) => listeners[event].forEach((listener) => listener(...news));

export const line = {
  trouble: null, // "away": no answer; "broken": the server's fault; "signed-out"; "closed"
  since: null,
  savedAt: null,
};
let isBusy = false;
let timer;

function trouble(kind) {
  if (kind && !line.trouble) line.since = new Date();
  if (!kind) line.since = null;
  line.trouble = kind;
  tell("line");
}

/** What came back: ``{status, data}``, or the trouble that kept it from coming. */
export async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, {
      redirect: "manual", // whoever is signed out is led to the login
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
    if (answer.status === 304) return { status: 304 };
    if (answer.type === "opaqueredirect") return { trouble: "signed-out" };
    if (LATER(answer.status)) return { trouble: "broken" };
    if ([401, 403, 404].includes(answer.status)) return { trouble: "closed" };
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (isJson) return { status: answer.status, data: await answer.json() };
  } catch {
    return { trouble: "away" };
  }
  return { trouble: "broken" };
}

function post(change) {
  const body = { verb: change.verb, key: change.key, seen: change.seen, ...change.args };
  return ask(place.dataset.changes, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
  });
}

/** Sends what waits, unless it is being sent. */
export async function send() {
  if (isBusy) return;
  isBusy = true;
  clearTimeout(timer);
  while (unsent().length && (await sendOne(unsent()[0])));
  isBusy = false;
}

async function sendOne(change) {
  if (change.verb === "undo" || change.verb === "redo") {
    // Which one that is can only be said once those before it are answered.
    const number = change.args.number ?? asTold()[change.verb]?.number;
    if (number === undefined) {
      drop(change);
      return true;
    }
    update(change, { args: { number } });
  }
  if (isForNothing(change)) {
    drop(change);
    return true;
  }
  update(change, { tries: (change.tries ?? 0) + 1 });
  const { status, data, trouble: kind } = await post(change);
  if (kind) {
    trouble(kind === "closed" ? await whyClosed() : kind);
    if (kind === "away" || kind === "broken") sendLater(change.tries);
    return false;
  }
  line.savedAt = new Date();
  if (line.trouble) trouble(null);
  if (status === 200) {
    settle(change, data.outline, data.made);
    tell("answered", change, data);
  } else {
    const lost = drop(change).slice(1);
    settle(change, data.outline ?? null);
    tell("refused", change, data, lost);
  }
  tell("line");
  return true;
}

/* Refused at the door: whoever is signed out is led to the login when only looking, too. */
async function whyClosed() {
  const { trouble: kind } = await ask(place.dataset.rows);
  return kind === "signed-out" ? kind : "closed";
}

function sendLater(tries) {
  timer = setTimeout(send, PAUSES[Math.min(tries, PAUSES.length) - 1]);
}

/** Whoever presses "Try now" has a reason to. */
export const tryNow = send;

/** Not sent after all: it and what builds on it. */
export function giveUp() {
  drop(unsent()[0]);
  trouble(null);
  send();
}

window.addEventListener("online", () => send());
/* Whoever follows a link does not have to wait for the line: the link does. */
let onward = null;
window.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const isPlain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!link || link.target || !isPlain || event.button || !unsent().length || line.trouble) return;
  event.preventDefault();
  onward = link.href;
});
whenSent("line", () => {
  const href = onward;
  if (!href || (unsent().length && !line.trouble)) return;
  onward = null;
  if (!line.trouble) location.assign(href);
});

/** Leaves with a question only where it is not this page itself that leads away. */
let isLedAway = false;
export const leadAway = () => (isLedAway = true);
window.addEventListener("beforeunload", (event) => {
  if (unsent().length && !isLedAway) event.preventDefault();
});
