try {
  if (localStorage.faces) {
    for (const href of document.currentScript.dataset.faces.split(" ")) {
      const link = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href };
      document.head.append(Object.assign(document.createElement("link"), link));
    }
  } else document.documentElement.dataset.faces = "later";
} catch {} // no storage: faces as they come
if (!location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  document.documentElement.dataset.drawn = "near";
}
