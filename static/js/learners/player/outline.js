/* The outline opens where the reader is. */

function show() {
  const outline = document.getElementById("outline");
  const current = outline?.querySelector("[aria-current]");
  if (!current || !outline.clientHeight) return;
  const box = outline.getBoundingClientRect();
  const line = current.getBoundingClientRect();
  if (line.top >= box.top && line.bottom <= Math.min(box.bottom, innerHeight)) return;
  outline.scrollTop += line.top - box.top - outline.clientHeight / 3;
}

show();
document.getElementById("outline")?.addEventListener("toggle", show);
