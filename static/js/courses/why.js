/* A link to a field that is to be mended takes along what is wrong with it. */

const KEY = "perfomix-why";

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[data-why]");
    if (link) sessionStorage.setItem(KEY, JSON.stringify([link.href, link.dataset.why]));
  },
  true,
);

/** What is wrong with the field that this address leads to; once. */
export function takeWhy() {
  const [href, why] = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  if (href !== location.href) return "";
  sessionStorage.removeItem(KEY);
  return why;
}
