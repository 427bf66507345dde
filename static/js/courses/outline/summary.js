/* What stands above the rows: how much there is, who is here, what can be undone, and whether it
   is saved. */

import { chapters, duration, hour, lessons, listed, say, together } from "./words.js";
import { asTold, outline, unsent, whole, when } from "./state.js";
import { avatar } from "./rows.js";
import { callOut, takeIn } from "./telling.js";
import { giveUp, leadAway, line, tryNow, whenSent } from "./sending.js";
import { redo, undo } from "./verbs.js";

const sums = document.getElementById("outline-sums");
const who = document.getElementById("outline-who");
const problems = document.getElementById("outline-problems");
const buttons = { undo: document.getElementById("outline-undo"), redo: document.getElementById("outline-redo") };
const OFTEN = 3; // times that the server may fail before a change can be left out

function countUp() {
  const { rows } = outline();
  const { lessons: count, minutes } = whole();
  const above = rows.filter((one) => one.kind === "chapter" && one.parent === Number(sums.dataset.course));
  const standing = above.filter(({ state }) => state !== "retired").length;
  const facts = listed([standing && chapters(standing), lessons(count), minutes && duration(minutes)]);
  const saved = line.savedAt && !line.trouble && !unsent().length;
  const amounts = rows.length ? `${facts}.` : say("nothing_yet");
  const sentences = [amounts, saved && say("saved_at", { time: hour(line.savedAt) })];
  const text = sentences.filter(Boolean).join(" ");
  if (sums.textContent !== text) sums.textContent = text;
}

function nameWhoIsHere() {
  const { people } = outline();
  const key = people.join("|");
  if (who.dataset.people === key) return;
  who.dataset.people = key;
  who.hidden = !people.length;
  const note = document.createElement("span");
  note.className = "st-note";
  note.textContent = say("is_here", { n: people.length, names: together(people) });
  who.replaceChildren(...people.slice(0, 3).map(avatar), note);
}

/* As many as the head of the page says; those that stand beside no row are named here. */
function tellProblems() {
  const { problems: found, to_mend: all } = outline();
  const key = JSON.stringify([all, found]);
  if (problems.dataset.key === key) return;
  problems.dataset.key = key;
  problems.hidden = !found.length;
  problems.querySelector("summary").textContent = say("to_mend", { n: all });
  problems.querySelector("ul").replaceChildren(...found.map(linked));
  const inRows = all - found.length;
  problems.querySelector("p").textContent = inRows ? say("in_rows", { n: inRows }) : "";
}

export function linked({ text, url }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.dataset.why = text; // said at the field that it leads to
  link.textContent = text;
  item.append(link);
  return item;
}

function offerUndo() {
  const waiting = unsent().length > 0;
  const can = { undo: waiting || asTold().undo, redo: asTold().redo };
  for (const [name, button] of Object.entries(buttons)) {
    button.setAttribute("aria-disabled", String(!can[name]));
    const { label } = asTold()[name] ?? {};
    button.title = label && !waiting ? say(`${name}_what`, { what: label }) : "";
  }
}
buttons.undo.addEventListener("click", undo);
buttons.redo.addEventListener("click", redo);

/* The line: told once, and taken in once it is back. */
function tellLine() {
  const { trouble, since } = line;
  if (!trouble || (!unsent().length && trouble !== "signed-out" && trouble !== "closed")) {
    takeIn("line");
    return;
  }
  const time = hour(since);
  const again = { label: say("try_now"), act: tryNow, isMain: true, stays: true };
  const told = {
    away: { icon: "cloud-off", actions: [again] },
    broken: { icon: "circle-x", actions: [again] },
    "signed-out": {
      icon: "lock",
      actions: [{ label: say("sign_in"), act: signIn, isMain: true }],
    },
    closed: { icon: "lock", actions: [{ label: say("load_again"), act: loadAgain, isMain: true }] },
  }[trouble];
  if (trouble === "broken" && (unsent()[0]?.tries ?? 0) >= OFTEN) {
    told.actions.push({ label: say("leave_out"), act: giveUp });
  }
  const isUnsaved = unsent().length > 0;
  callOut("line", {
    ...told,
    tone: "bad",
    lasting: true,
    head: isUnsaved ? say("unsaved_since", { time }) : say(`head_${trouble.replace("-", "_")}`),
    body: ` ${say(`line_${trouble.replace("-", "_")}`)}`,
  });
}

function signIn() {
  const address = new URL(sums.dataset.login, location.href);
  address.searchParams.set("next", location.pathname);
  leadAway();
  location.assign(address);
}

/* What is unsent is kept meanwhile, and sent from the new page. */
function loadAgain() {
  leadAway();
  location.reload();
}

const all = [countUp, nameWhoIsHere, tellProblems, offerUndo];
when("changed", () => all.forEach((one) => one()));
let toldLast = "";
whenSent("line", () => {
  countUp();
  const now = `${line.trouble}|${unsent().length > 0}|${(unsent()[0]?.tries ?? 0) >= OFTEN}`;
  if (now === toldLast) return;
  toldLast = now;
  tellLine();
});
