/* Times that the scripts of Wagtail write, such as those of comments: by the clock and in the language
   that the person reads everything else by, instead of the browser. A moment with its hour tells its
   zone. Loaded before those scripts, which make their formats once; no module, for these wait. */

{
  const { zone } = document.currentScript.dataset;
  const Format = Intl.DateTimeFormat;
  const { lang } = document.documentElement;
  // As the rest of the product writes a day in English: 14 November 2026, whatever English one prefers.
  const language = lang === "en" ? "en-GB" : (navigator.languages.find((one) => one.split("-")[0] === lang) ?? lang);

  const offset = (date) => {
    const parts = new Format("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(date);
    const { value } = parts.find(({ type }) => type === "timeZoneName");
    return value.replace(/^GMT[+-]0$/, "UTC").replace("GMT", "UTC").replace("-", "−");
  };

  const made = (locales, options = {}) => {
    const languages = [locales ?? []].flat();
    const format = new Format(languages.length ? languages : language, { timeZone: zone, ...options });
    if (options.dateStyle && options.timeStyle && !options.timeZone) {
      const day = new Format(language, { timeZone: zone, dateStyle: "long" });
      const hour = new Format(language, { timeZone: zone, timeStyle: options.timeStyle });
      const value = (date) => `${day.format(date)}, ${hour.format(date)} (${offset(date)})`;
      Object.defineProperty(format, "format", { value });
    }
    return format;
  };

  Intl.DateTimeFormat = new Proxy(Format, {
    apply: (_format, _this, [locales, options]) => made(locales, options),
    construct: (_format, [locales, options]) => made(locales, options),
  });
}
