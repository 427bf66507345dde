/* Times that the scripts of Wagtail write, such as those of comments: by the clock and in the language
   that the person reads everything else by, instead of the browser. A moment with its hour tells its
   zone. Loaded before those scripts, which make their formats once; no module, for these wait. */

{
  const { zone } = document.currentScript.dataset;
  const Format = Intl.DateTimeFormat;
  const { lang } = document.documentElement;
  // British English for whoever prefers it among the kinds of English.
  const language = navigator.languages.find((one) => one.split("-")[0] === lang) ?? lang;

  const offset = (date) => {
    const parts = new Format("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(date);
    const { value } = parts.find(({ type }) => type === "timeZoneName");
    return value.replace(/^GMT[+-]0$/, "UTC").replace("GMT", "UTC").replace("-", "−");
  };

  const made = (locales, options = {}) => {
    const languages = [locales ?? []].flat();
    const format = new Format(languages.length ? languages : language, { timeZone: zone, ...options });
    if (options.dateStyle && options.timeStyle && !options.timeZone) {
      const write = format.format;
      Object.defineProperty(format, "format", { value: (date) => `${write(date)} (${offset(date)})` });
    }
    return format;
  };

  Intl.DateTimeFormat = new Proxy(Format, {
    apply: (_format, _this, [locales, options]) => made(locales, options),
    construct: (_format, [locales, options]) => made(locales, options),
  });
}
