/* Files become lessons: dropped on the outline or picked, sent one after the other in the order of
   their names, so that each finds its place after the one before. */

import { say } from "./words.js";
import { announce, drawing } from "./telling.js";
import { course, outline, row, take } from "./state.js";
import { childrenOf, isChapter, lastIn } from "./tree.js";
import { view } from "./view.js";
import { rowAt } from "./drawing.js";
import { newKey } from "./verbs.js";

const place = document.getElementById("outline");
const zone = document.getElementById("outline-drop");
const list = zone.querySelector("ul");
const close = zone.querySelector(".close");
const picker = document.getElementById("outline-picker");
const template = document.getElementById("outline-file").content.firstElementChild;
const token = place.querySelector("[name=csrfmiddlewaretoken]").value;
const address = place.dataset.files;
const FILM = /\.(mp4|m4v|mov|webm|mkv)$/i;
const waiting = [];
let going = null;
let depth = 0;

/* Where new lessons go: after the row they were dropped on, or where the person is. */
function start(id) {
  const one = id === null ? null : row(id);
  if (one && isChapter(one)) return { parent: one.id, after: lastIn(outline().rows, one.id) };
  if (one) return { parent: one.parent, after: one.id };
  const last = childrenOf(outline().rows, course).at(-1);
  if (last && isChapter(last)) return { parent: last.id, after: lastIn(outline().rows, last.id) };
  return { parent: course, after: last?.id ?? null };
}

function bring(files, at = view.current) {
  const byName = new Intl.Collator(undefined, { numeric: true });
  const sorted = [...files].sort((a, b) => byName.compare(a.name, b.name));
  if (!sorted.length) return;
  zone.hidden = false;
  const batch = { ...start(at), entries: [] };
  zone.querySelector("[data-place]").textContent = whereTo(batch);
  for (const file of sorted) waiting.push(newEntry(file, batch));
  zone.scrollIntoView({ block: "nearest" });
  go();
}

function whereTo({ parent, after }) {
  if (after !== null && after !== parent) return say("files_after", { title: row(after).title });
  return say("files_in", { title: row(parent)?.title ?? say("course") });
}

function newEntry(file, batch) {
  const element = template.cloneNode(true);
  element.querySelector(".icon").replaceWith(drawing(FILM.test(file.name) ? "film" : "file-text"));
  element.querySelector(".title").textContent = file.name;
  const bar = element.querySelector("[role=progressbar]");
  bar.setAttribute("aria-label", file.name);
  list.append(element);
  const entry = { file, element, bar, batch, key: newKey(), made: null };
  batch.entries.push(entry);
  told(entry, say("waits"));
  return entry;
}

function go() {
  if (!going && waiting.length) sendFile(waiting.shift());
  close.hidden = Boolean(going) || !list.children.length;
}

/* After the nearest before it that is a lesson by now, else where the first one goes. */
function afterFor(entry) {
  const { entries, after } = entry.batch;
  const before = entries.slice(0, entries.indexOf(entry));
  return before.findLast(({ made }) => made && row(made))?.made ?? after;
}

function sendFile(entry) {
  going = entry;
  const { file, batch, bar } = entry;
  const body = new FormData();
  body.set("parent", batch.parent);
  const after = afterFor(entry);
  if (after !== null) body.set("after", after);
  body.set("key", entry.key);
  body.set("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("X-CSRFToken", token);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const share = Math.round((100 * loaded) / (total || 1));
    bar.setAttribute("aria-valuenow", share);
    bar.style.setProperty("--p", share);
    told(entry, share < 100 ? say("sent", { n: share }) : say("is_read"));
  });
  request.addEventListener("loadend", () => {
    going = null;
    done(entry, request);
    go();
  });
  request.send(body);
}

function done(entry, request) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // No words of ours: the line, or somebody between us.
  }
  entry.bar.hidden = true;
  if (answer.outline) take(answer.outline);
  if (request.status === 200 && answer.made?.length) {
    const [id] = answer.made;
    entry.made = id;
    const becameIt = say("became", { title: row(id)?.title ?? "" });
    const lost = answer.lost ?? [];
    if (lost.length) became(entry, `${becameIt}: ${lost.join("; ")}`, "warm", "triangle-alert");
    else became(entry, becameIt, "good", "check");
    const link = entry.element.querySelector("a");
    link.href = row(id)?.edit ?? "";
    link.setAttribute("aria-label", say("open_row", { title: row(id)?.title ?? "" }));
    link.hidden = false;
    return;
  }
  became(entry, answer.detail ?? say("file_lost"), "bad", "circle-x");
  if (!answer.detail) offerAgain(entry);
}

function offerAgain(entry) {
  const button = entry.element.querySelector("button");
  button.hidden = false;
  button.onclick = () => {
    button.hidden = true;
    entry.bar.hidden = false;
    waiting.push(entry);
    told(entry, say("waits"));
    go();
  };
}

function became(entry, text, tone, icon) {
  told(entry, text, tone, icon);
  announce(`${entry.file.name}: ${text}`);
}

function told({ element }, text, tone, icon) {
  const note = element.querySelector(".told");
  note.className = `told ${tone ? `st-mark ${tone}` : "muted"}`;
  note.replaceChildren(...(icon ? [drawing(icon)] : []), text);
}

const brings = (event) => event.dataTransfer?.types.includes("Files");

function show(isOver) {
  zone.classList.toggle("over", isOver);
  zone.hidden = !isOver && !list.children.length;
}

if (address && outline().may_write) {
  place.addEventListener("dragenter", (event) => {
    if (!brings(event)) return;
    depth++;
    show(true);
  });
  place.addEventListener("dragover", (event) => brings(event) && event.preventDefault());
  place.addEventListener("dragleave", (event) => {
    if (brings(event) && --depth === 0) show(false);
  });
  place.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    depth = 0;
    show(false);
    bring(event.dataTransfer.files, rowAt(event.target) ?? view.current);
  });
  close.addEventListener("click", () => {
    list.replaceChildren();
    show(false);
  });
  document.getElementById("outline-bring").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    bring(picker.files);
    picker.value = "";
  });
  window.addEventListener("beforeunload", (event) => {
    if (going || waiting.length) event.preventDefault();
  });
}
