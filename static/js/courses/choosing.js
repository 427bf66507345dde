// Filters that search: the choices follow what is typed. Without this a button does the same.

const PAUSE = 250;

for (const form of document.querySelectorAll("form[data-choices]")) {
  const field = form.querySelector("input[type=search]");
  const list = form.nextElementSibling;
  let timer;
  let asked = 0;

  const show = async () => {
    const turn = ++asked;
    const address = new URL(form.dataset.choices, location.href);
    address.searchParams.set(field.name, field.value);
    const answer = await fetch(address).catch(() => null);
    // Whatever was asked since answers for this one, too.
    if (turn === asked && answer?.ok) list.innerHTML = await answer.text();
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
}
