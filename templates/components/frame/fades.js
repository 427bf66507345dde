{# A fade is given up where a window changes or somebody is quicker: the page is there without it. #}for (const name of ["pageswap", "pagereveal"]) {
  addEventListener(name, ({ viewTransition: fade }) => {
    for (const part of ["ready", "updateCallbackDone", "finished"]) fade?.[part].catch(() => {});
  });
}
