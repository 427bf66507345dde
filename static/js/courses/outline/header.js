/* The header stays in sight, as high as its words need; what is to be seen keeps clear of it. */

const page = document.getElementById("outline");
const header = document.querySelector(".w-slim-header")?.parentElement;

export function measureHeader() {
  page.style.setProperty("--header", `${header?.offsetHeight ?? 0}px`);
}

measureHeader();
addEventListener("resize", measureHeader, { passive: true });
