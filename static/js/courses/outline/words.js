/* What the outline says, in the reader's language. courses/outline/words.py writes it into the
   page: one sentence a name, and of what is counted a form for each of some numbers, of which the
   language's own rule picks one. */

const told = JSON.parse(document.getElementById("outline-words").textContent);
const language = document.documentElement.lang || "en";
const rule = new Intl.PluralRules(language);
const parts = new Intl.ListFormat(language, { style: "short", type: "unit" });
const names = new Intl.ListFormat(language, { type: "conjunction" });
// The clock to 24, as the site writes it.
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const clock = new Intl.DateTimeFormat(language, TIME);

function formFor(forms, count) {
  const exact = forms.find(([number]) => number === count);
  const alike = forms.find(([number]) => rule.select(number) === rule.select(count));
  return (exact ?? alike ?? forms.at(-1))[1];
}

/* Words that run against the page are kept apart, so that the sentence around them stays whole. */
const AGAINST =
  document.documentElement.dir === "rtl" ? /\p{Script=Latin}/u : /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const apart = (value) => (AGAINST.test(value) ? `\u2068${value}\u2069` : value);

/** The sentence called ``name``; ``n`` among the values is what its words are counted by. */
export function say(name, values = {}) {
  const said = told[name];
  const text = Array.isArray(said) ? formFor(said, values.n) : said;
  return text.replace(/\{(\w+)\}/g, (whole, key) => apart(values[key] ?? whole));
}

export const listed = (texts) => parts.format(texts.filter(Boolean));
export const together = (people) => names.format(people);
export const hour = (moment) => clock.format(moment);

/** ``9 h 40 min``, ``3 h``, ``45 min``. */
export function duration(minutes) {
  const values = { h: Math.floor(minutes / 60), m: minutes % 60 };
  if (!values.h) return say("minutes", { m: minutes });
  return say(values.m ? "hours_minutes" : "hours", values);
}

export const lessons = (n) => say("lessons", { n });
export const chapters = (n) => say("chapters", { n });

/** ``3 lessons``, ``a chapter with 5 lessons``: what a change takes along, in words. */
export function amount(rows) {
  const count = rows.filter(({ kind }) => kind === "lesson").length;
  const above = rows.length - count;
  return listed([above && chapters(above), (count || !above) && lessons(count)]);
}
