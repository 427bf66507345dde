/* Course page: previews open in place, and the buy bar stands in for a buy box out of sight. */

import "../learners/player/embeds.js";

const box = document.querySelector("[data-buy-box]");
const step = box?.querySelector(".button.large") ?? box;
const bar = document.querySelector("[data-buy-bar]");
if (step && bar) {
  new IntersectionObserver(([seen]) => {
    bar.classList.toggle("on", !seen.isIntersecting);
  }).observe(step);
}

// The shape of a lesson while it is on its way.
const WAITING = `
  <span class="skeleton cover"></span>
  <span class="skeleton line"></span>
  <span class="skeleton line short"></span>
`;

const dialog = document.getElementById("preview");
const body = dialog?.querySelector("[data-dialog-body]");
const heading = dialog?.querySelector("[data-dialog-title]");

// Lessons are in the language of the course, whose title says which.
const { lang, dir } = document.querySelector("h1");
if (heading && lang) Object.assign(heading, { lang, dir });

async function preview(link) {
  heading.textContent = link.dataset.preview;
  body.innerHTML = WAITING;
  dialog.showModal();
  try {
    const address = new URL(link.href);
    address.searchParams.set("preview", "1");
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const lesson = page.querySelector("[data-lesson-body]");
    if (!lesson) throw new Error("no lesson");
    body.replaceChildren(document.importNode(lesson, true));
  } catch {
    location.assign(link.href); // the page itself says what is wrong
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-preview]");
  if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  preview(link);
});

// Nothing goes on playing behind a closed dialog.
dialog?.addEventListener("close", () => body.replaceChildren());
