/* Suggestions while somebody types into a search field: a combobox with a list box below it
   (WAI-ARIA Authoring Practices). Fetched when somebody goes to such a field; without it the field
   searches all the same. */

const PAUSE = 150; // milliseconds without a key, before the site is asked
const said = new Map(); // answers by what was typed

for (const [number, field] of document.querySelectorAll("input[data-suggestions]").entries()) {
  const box = document.createElement("div");
  box.className = "suggestions";
  box.hidden = true;
  const voice = document.createElement("p"); // must be there before it speaks
  voice.className = "sr";
  voice.setAttribute("role", "status");
  field.form.append(box, voice);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");

  let waiting = 0;
  let asking = null;
  const options = () => [...box.querySelectorAll("[role=option]")];
  const chosen = () => box.querySelector("[aria-selected=true]");

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    box.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    voice.textContent = "";
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function show(answer) {
    box.innerHTML = answer;
    const list = box.querySelector("[role=listbox]");
    list.id = `suggested-${number}`;
    field.setAttribute("aria-controls", list.id);
    options().forEach((option, place) => (option.id = `${list.id}-${place}`));
    list.hidden = !options().length;
    box.hidden = false;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
    voice.textContent = box.querySelector("[data-said]").textContent.trim();
  }

  async function ask() {
    const typed = field.value.trim().replace(/\s+/g, " ").toLowerCase();
    if (!typed) return close();
    asking?.abort();
    asking = new AbortController();
    try {
      if (!said.has(typed)) {
        const address = `${field.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
        const answer = await fetch(address, { signal: asking.signal });
        if (!answer.ok) return close();
        said.set(typed, await answer.text());
      }
      if (document.activeElement === field) show(said.get(typed));
    } catch {
      // Typed on, or without a connection: the search itself still works.
    }
  }

  // Typed before this was here.
  if (field === document.activeElement && field.value !== field.defaultValue) ask();

  field.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, PAUSE);
  });
  field.addEventListener("compositionend", () => (waiting = setTimeout(ask, PAUSE)));
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  // The field keeps the focus while somebody points at the list.
  box.addEventListener("pointerdown", (event) => event.preventDefault());

  field.addEventListener("keydown", (event) => {
    const all = options();
    const isOpen = field.getAttribute("aria-expanded") === "true";
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && isOpen) {
      event.preventDefault();
      const last = all.length;
      const place = all.indexOf(chosen());
      // From the field to the first or the last, and past either end back to the field.
      const next = place < 0 ? (step > 0 ? 0 : last - 1) : place + step;
      choose(all[next]);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      ask();
    } else if (event.key === "Enter" && isOpen && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    }
  });
}
