/* On every page: faces, theme, messages, buttons that are busy, what has no connection. */

const root = document.documentElement;
root.classList.add("scripted");

// On a first visit the faces are fetched when all was painted, and before a word asks for one: else
// all would be laid out again for each that comes. Where they would move what somebody reads, they
// are used from the next page on (decisions 0058, 0062).
function* inSight(parent) {
  for (const each of parent.children) {
    const { top, bottom, left, right } = each.getBoundingClientRect();
    if (top === bottom || bottom <= 0 || top >= innerHeight) continue;
    if (right <= 0 || left >= innerWidth) continue;
    if (right - left > innerWidth / 2) yield [each, top]; // less is a word in its box
    yield* inSight(each);
  }
}
async function useFaces() {
  const faces = ["1em Inter", "1em Literata"];
  if (document.querySelector(".lead")) faces.push("italic 1em Literata");
  try {
    await Promise.all(faces.map((face) => document.fonts.load(face)));
    localStorage.faces = "here";
  } catch {} // one never came: words that need it stay as they are
  const places = [...inSight(document.body)];
  delete root.dataset.faces;
  const moved = ([each, top]) => Math.abs(each.getBoundingClientRect().top - top) > 1;
  if (places.some(moved)) root.dataset.faces = "next";
}
// While a page opens only what is near is drawn, and the rest then, a part in a frame: nobody's tap
// waits for all of it. Whoever follows a link within the page gets it whole at once.
function drawTheRest() {
  const far = [...document.querySelectorAll(".far, .cards > :nth-child(n + 3)")];
  requestAnimationFrame(function draw() {
    const next = root.dataset.drawn && far.shift();
    if (next) {
      next.style.contentVisibility = "visible";
      requestAnimationFrame(draw);
    } else delete root.dataset.drawn;
  });
}
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("a")?.hash) delete root.dataset.drawn;
});
window.addEventListener("load", () => {
  const open = () => (root.dataset.faces ? useFaces() : Promise.resolve()).then(drawTheRest);
  // A frame is on the screen some time after a script can know. What nobody sees is not painted.
  if (document.hidden) open();
  else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(open, 100)));
});

// The colours change at once and the cookie is the same that the form would set.
for (const form of document.querySelectorAll("[data-theme-switch]")) {
  form.addEventListener("submit", (event) => {
    const choice = event.submitter?.value;
    if (!choice) return;
    event.preventDefault();
    const age = choice === "system" ? 0 : 31536000;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${choice}; path=/; max-age=${age}; SameSite=Lax${secure}`;
    if (choice === "system") delete root.dataset.theme;
    else root.dataset.theme = choice;
    for (const button of document.querySelectorAll("[data-theme-switch] button")) {
      button.setAttribute("aria-pressed", String(button.value === choice));
    }
  });
}

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-dismiss], [data-print], [data-copy], [data-opens]");
  if (!target) return;
  if (target.dataset.dismiss) target.closest(target.dataset.dismiss)?.remove();
  if ("print" in target.dataset) window.print();
  if (target.dataset.opens) document.getElementById(target.dataset.opens)?.showModal();
  if (target.dataset.copy) {
    navigator.clipboard?.writeText(target.dataset.copy).then(() => {
      const said = target.querySelector("[data-copied]") ?? target;
      said.textContent = root.dataset.copied;
    });
  }
});

// A dialog closes on a click beside it, as Escape and its button already do.
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && event.target.open) {
    const box = event.target.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) event.target.close();
  }
});

// One press is enough: the button says that it works, and the second press does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});

// A search field suggests from when somebody goes to it; nobody else fetches what that takes.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-suggestions]")) import("./suggestions.js");
});

const offline = document.querySelector("[data-offline]");
const tell = () => offline?.classList.toggle("on", !navigator.onLine);
window.addEventListener("online", tell);
window.addEventListener("offline", tell);
tell();
