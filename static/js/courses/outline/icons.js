/* Icons stand in a file of the site, which a browser asks for once more where it draws one anew.
   Rows are drawn without a line, too: so the templates take the shapes in as soon as they are here. */

const SVG = "image/svg+xml";
const templates = ["row", "draft", "callout", "icons", "file", "binned"].map(
  (name) => document.getElementById(`outline-${name}`).content,
);

async function takeIn() {
  const [address] = templates[0].querySelector("use").getAttribute("href").split("#");
  const answer = await fetch(address);
  const sprite = new DOMParser().parseFromString(await answer.text(), SVG);
  for (const use of templates.flatMap((content) => [...content.querySelectorAll("use")])) {
    const symbol = sprite.getElementById(use.getAttribute("href").split("#")[1]);
    use.replaceWith(...[...symbol.children].map((shape) => document.importNode(shape, true)));
  }
}

takeIn().catch(() => {
  // Then each row asks by itself, as the page does.
});
