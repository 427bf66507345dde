/* The video that opens a lesson: starts where it was left, says where it is left, walks along
   its transcript, and ends the lesson once nine tenths were watched. */

import { open } from "./embeds.js";

const EVERY = 10; // seconds of film between two reports
const ENOUGH = 0.9;
const CREDITS = 5; // seconds before its end at which a film is over

const box = document.querySelector("[data-lead]");
const stage = box?.closest(".stage");
const film = box?.querySelector("video");
const transcript = document.querySelector("[data-transcript]");
const lines = [...(transcript?.querySelectorAll("[data-second]") ?? [])];
let length = Number(box?.dataset.length) || 0;
let now = Number(box?.dataset.start) || 0;
let told = now;
let ended = false;

function report() {
  const isOver = length && now >= length - CREDITS;
  const second = isOver ? 0 : Math.floor(now); // watched to its end, it begins again
  if (!stage?.dataset.position || second === told) return;
  told = second;
  const body = new FormData();
  body.set("second", String(second));
  body.set("csrfmiddlewaretoken", stage.dataset.token);
  body.set("pass", stage.dataset.pass);
  navigator.sendBeacon(stage.dataset.position, body);
}

function follow() {
  const current = lines.findLast((line) => Number(line.dataset.second) <= now);
  for (const line of lines) {
    if (line !== current) {
      line.removeAttribute("aria-current");
    } else if (!line.hasAttribute("aria-current")) {
      line.setAttribute("aria-current", "true");
      if (!transcript.matches(":hover, :focus-within")) {
        transcript.scrollTop = line.offsetTop - transcript.clientHeight / 3;
      }
    }
  }
}

function at(second, total) {
  const ran = second > now && second - now < 3; // a jump is not watching
  now = second;
  length = total || length;
  follow();
  if (Math.abs(now - told) >= EVERY) report();
  const form = document.querySelector("form[data-complete]");
  if (ran && form && !ended && length && now >= length * ENOUGH) {
    ended = true;
    form.requestSubmit();
  }
}

function seek(second) {
  if (film) {
    box.dataset.start = ""; // not where it was left, then
    film.currentTime = second;
    film.play();
    return;
  }
  const frame = box.querySelector("iframe");
  if (frame) frame.seek?.(second);
  else open(box.querySelector("[data-embed]"), second);
}

if (film) {
  const begin = () => {
    const start = Number(box.dataset.start);
    if (start && start < film.duration - CREDITS) film.currentTime = start;
  };
  if (film.readyState >= HTMLMediaElement.HAVE_METADATA) begin();
  else film.addEventListener("loadedmetadata", begin, { once: true });
  film.addEventListener("timeupdate", () => {
    if (!film.seeking) at(film.currentTime, film.duration);
  });
  film.addEventListener("pause", report);
}
if (box) {
  box.addEventListener("video:time", (event) => at(event.detail.second, event.detail.length));
  window.addEventListener("pagehide", report);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") report();
  });
}

transcript?.addEventListener("click", (event) => {
  const line = event.target.closest("[data-second]");
  if (!line || !box) return;
  event.preventDefault();
  seek(Number(line.dataset.second));
});
