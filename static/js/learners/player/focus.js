/* Focus mode: the lesson alone. Escape or the button ends it; it lasts as long as the tab. */

const root = document.documentElement;
const button = document.querySelector("[data-focus-mode]");
const KEY = "perfomix-focus";

function set(on) {
  root.classList.toggle("focused", on);
  button.setAttribute("aria-pressed", String(on));
  if (on) sessionStorage.setItem(KEY, "on");
  else sessionStorage.removeItem(KEY);
}

if (button) {
  set(sessionStorage.getItem(KEY) === "on");
  button.addEventListener("click", () => set(!root.classList.contains("focused")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.fullscreenElement) return;
    set(false);
  });
}
