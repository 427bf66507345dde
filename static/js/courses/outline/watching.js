/* What others do appears by itself: the outline is asked for while somebody looks at it. Nothing
   is drawn over a row that is held or typed in: it is taken in afterwards. */

import { asTold, take, turn, unsent } from "./state.js";
import { ask, line, send } from "./sending.js";
import { isHolding } from "./holding.js";
import { isTyping } from "./typing.js";
import { announce } from "./telling.js";
import { say } from "./words.js";

const PAUSE = 5_000;
const SOON = 250;
const { rows } = document.getElementById("outline").dataset;
let late = null;

async function look() {
  const before = turn();
  const address = new URL(rows, location.href);
  address.searchParams.set("version", asTold().version);
  const { status, data } = await ask(address);
  // Whatever was answered since is newer.
  if (status === 200 && before === turn()) bring(data);
  if (status && line.trouble && unsent().length) send(); // the line is back
}

/* What one would want to be told of: not who looks at it. */
const said = ({ rows: all }) =>
  JSON.stringify(all.map(({ id, parent, title, state }) => [id, parent, title, state]));

function bring(outline) {
  if (isHolding() || isTyping()) {
    if (!late) setTimeout(bringLate, SOON);
    late = { outline, turn: turn() };
  } else if (!unsent().length) {
    const before = said(asTold());
    take(outline);
    if (said(outline) !== before) announce(say("changed_by_others"));
  }
}

function bringLate() {
  const { outline, turn: then } = late;
  late = null;
  if (then === turn()) bring(outline);
}

async function watch() {
  if (document.visibilityState === "visible" && !unsent().length) await look();
  setTimeout(watch, PAUSE);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  if (unsent().length) send(); // perhaps signed in again, elsewhere
  else look();
});

export const startWatching = () => setTimeout(watch, PAUSE);
