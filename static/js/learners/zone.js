// The browser knows where it is. A form takes it along; else it is told once.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (zone) {
  for (const field of document.querySelectorAll("input[data-zone]")) field.value ||= zone;

  const asked = document.querySelector("form[data-zone-unknown]");
  const tell = () => {
    const said = new FormData(asked);
    said.set("time_zone", zone);
    fetch(asked.action, { method: "POST", body: said }).catch(() => {
      // Offline: the next page asks again.
    });
  };
  // A page that was made ready ahead writes nothing until somebody is there.
  if (asked && document.prerendering) document.addEventListener("prerenderingchange", tell, { once: true });
  else if (asked) tell();
}
