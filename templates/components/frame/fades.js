{# A fade is given up where a window changes or somebody is quicker: the page is there without it. The studio fades nothing in. #}addEventListener("unhandledrejection", (fault) => {
  if (fault.reason instanceof DOMException && /transition/i.test(fault.reason.message)) fault.preventDefault();
});
addEventListener("pageswap", ({ activation, viewTransition: fade }) => {
  if (fade && activation && /^\/admin\//.test(new URL(activation.entry.url).pathname)) fade.skipTransition();
});
