// A file that is dropped, how much of it has been sent, and how far a worker is with it.
// Without this the field takes the file, the form sends it, and opening the page again shows the rest.

const PAUSE = 2000;

const zone = document.querySelector("[data-drop]");
const shown = document.querySelector("[data-imports]");

const look = async () => {
  const answer = await fetch(shown.dataset.imports).catch(() => null);
  // A list that somebody works in with the keyboard waits until they have left it.
  const busy = shown.contains(document.activeElement);
  if (answer?.ok && !answer.redirected && !busy) shown.innerHTML = await answer.text();
  if (shown.querySelector("[data-under-way]")) setTimeout(look, PAUSE);
};

if (shown?.querySelector("[data-under-way]")) setTimeout(look, PAUSE);

// What is put away goes without the page, on which something may be typed already.
shown?.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-put-away]");
  if (!form) return;
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok) return form.submit();
  form.closest(".st-callout").remove();
  document.querySelector("#id_title")?.focus();
});

if (zone) {
  const field = zone.querySelector("[type=file]");
  const name = zone.querySelector("[data-drop-name]");
  const sent = zone.querySelector("progress");
  const lost = zone.querySelector("[data-drop-lost]");
  const button = zone.querySelector("[type=submit]");

  const asked = name.textContent;

  const tell = () => {
    name.textContent = field.files[0]?.name ?? asked;
  };
  field.addEventListener("change", tell);

  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.remove("idle");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.add("idle");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.add("idle");
    const given = new DataTransfer();
    const [first] = event.dataTransfer.files;
    if (!first) return;
    given.items.add(first);
    field.files = given.files;
    tell();
  });

  zone.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const rest = (is) => {
      sent.hidden = is;
      button.disabled = !is;
    };
    lost.hidden = true;
    rest(false);
    request.upload.addEventListener("progress", (part) => {
      if (part.lengthComputable) sent.value = part.loaded / part.total;
    });
    request.addEventListener("load", () => {
      // What was refused is the page itself, with its reason.
      if (request.status < 500 && request.responseURL) {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        const said = page.querySelector("[data-drop]")?.closest("section").querySelector("[role=alert]");
        const far = page.querySelector("[data-imports]");
        zone.closest("section").querySelector("[role=alert]")?.remove();
        if (said) zone.before(said);
        if (far && shown) {
          shown.innerHTML = far.innerHTML;
          shown.scrollIntoView({ block: "nearest" });
        }
        if (!far) location.assign(request.responseURL);
        if (!said) zone.reset();
        tell();
        rest(true);
        if (shown?.querySelector("[data-under-way]")) setTimeout(look, PAUSE);
      } else {
        lost.hidden = false;
        rest(true);
      }
    });
    for (const end of ["error", "abort", "timeout"]) {
      request.addEventListener(end, () => {
        lost.hidden = false;
        rest(true);
      });
    }
    request.open("POST", zone.action);
    request.send(new FormData(zone));
  });
}
