/* Videos of YouTube and Vimeo: a picture until the reader asks for the frame, because the
   frame tells its maker who watches. Both answer messages, so no script of theirs is needed. */

const ORIGINS = {
  youtube: "https://www.youtube-nocookie.com",
  vimeo: "https://player.vimeo.com",
};

function address(link, start) {
  const url = new URL(link.dataset.embed);
  url.searchParams.set("autoplay", "1");
  if (link.dataset.provider === "youtube") {
    url.searchParams.set("enablejsapi", "1");
    url.searchParams.set("origin", location.origin);
    if (start) url.searchParams.set("start", String(start));
  } else if (start) {
    url.hash = `t=${start}s`;
  }
  return url.href;
}

/** Puts the frame in the place of the picture, to play from second `start`. */
export function open(link, start = 0) {
  const frame = document.createElement("iframe");
  frame.src = address(link, start);
  frame.title = link.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  const { provider } = link.dataset;
  frame.addEventListener("load", () => listen(frame, provider), { once: true });
  link.closest("[data-video]").replaceChildren(frame);
  frame.focus();
}

function listen(frame, provider) {
  const say = (message) =>
    frame.contentWindow?.postMessage(JSON.stringify(message), ORIGINS[provider]);
  frame.seek = (second) =>
    say(
      provider === "youtube"
        ? { event: "command", func: "seekTo", args: [second, true] }
        : { method: "setCurrentTime", value: second },
    );
  if (provider === "youtube") say({ event: "listening", id: 1, channel: "widget" });
  else say({ method: "addEventListener", value: "timeupdate" });
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== ORIGINS[provider]) return;
    let told;
    try {
      told = typeof event.data === "string" ? JSON.parse(event.data) : event.data;
    } catch {
      return;
    }
    const second = told?.info?.currentTime ?? told?.data?.seconds;
    const length = told?.info?.duration ?? told?.data?.duration;
    if (typeof second !== "number") return;
    frame.dispatchEvent(
      new CustomEvent("video:time", { bubbles: true, detail: { second, length } }),
    );
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-embed]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link, Number(link.closest("[data-video]").dataset.start) || 0);
});
