/* The editor saves by itself. Whoever presses Save while that is on its way would create a new
   page twice, so the press waits for it; and once pressed, nothing more is saved by itself. */

let saving = false;
let leaving = false;
let pressed = null;

document.addEventListener("w-autosave:save", (event) => {
  if (leaving) event.preventDefault();
  else saving = true;
});

for (const end of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(end, () => {
    saving = false;
    pressed?.();
  });
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!saving || !form.matches("[data-controller~='w-autosave']")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    pressed = () => {
      pressed = null;
      if (button?.name) {
        // The button is disabled by now, so its name would not be sent.
        const field = Object.assign(document.createElement("input"), { type: "hidden" });
        form.append(Object.assign(field, { name: button.name, value: button.value }));
      }
      form.requestSubmit();
    };
  },
  true,
);

window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && event.target.matches("[data-controller~='w-autosave']")) {
    leaving = true;
  }
});

window.addEventListener("pageshow", () => {
  leaving = false;
});
