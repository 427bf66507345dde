/* On every page: faces, theme, messages, buttons that are busy, what has no connection. */

const root = document.documentElement;
root.classList.add("scripted");

// On a first visit words stand in what the machine has, and the faces are fetched when all else was
// painted. From then on the browser has them, and they are used from the first frame.
function useFaces() {
  delete root.dataset.faces;
  root.getBoundingClientRect(); // whatever is written in them is looked for now
  document.fonts.ready.then(() => {
    localStorage.faces = "here";
  });
}
if (root.dataset.faces) {
  window.addEventListener("load", () => {
    // A frame is on the screen some time after a script can know. What nobody sees is not painted.
    if (document.hidden) useFaces();
    else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(useFaces, 100)));
  });
}

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
    const inside =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    if (!inside) event.target.close();
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
