// What changed in a page of a submission is fetched as it is opened. Without this a link leads there.

for (const link of document.querySelectorAll("details a[data-part]")) {
  const details = link.closest("details");

  const fill = async () => {
    const address = new URL(link.href);
    address.searchParams.set("part", "1");
    const answer = await fetch(address).catch(() => null);
    // Where it cannot be fetched, the link stays.
    if (!answer?.ok) return;
    const part = document.createRange().createContextualFragment(await answer.text());
    link.parentElement.replaceWith(part);
  };

  details.addEventListener("toggle", fill, { once: true });
}
