/* The outline opens where the reader is. */

function show() {
  const outline = document.getElementById("outline");
  const current = outline?.querySelector("[aria-current]");
  if (!current || !outline.clientHeight) return;
  const offset = current.getBoundingClientRect().top - outline.getBoundingClientRect().top;
  outline.scrollTop += offset - outline.clientHeight / 3;
}

show();
document.getElementById("outline")?.addEventListener("toggle", show);
