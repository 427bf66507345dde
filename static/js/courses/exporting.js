// “Your exports” follows what is written. Without this, opening the page again does.

const PAUSE = 2000;

const shown = document.querySelector("[data-exports]");

const look = async () => {
  const answer = await fetch(shown.dataset.exports).catch(() => null);
  // A list that somebody works in with the keyboard waits until they have left it.
  const busy = shown.contains(document.activeElement);
  if (answer?.ok && !answer.redirected && !busy) shown.innerHTML = await answer.text();
  if (shown.querySelector("[data-under-way]")) setTimeout(look, PAUSE);
};

if (shown?.querySelector("[data-under-way]")) setTimeout(look, PAUSE);
