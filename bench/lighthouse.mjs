// Lighthouse, as a phone, over the six pages that decide; bench/LIGHTHOUSE.md says how to run it.
//
//   node bench/lighthouse.mjs http://127.0.0.1:8000 cleo@example.com password [runs] [page,page]

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// Where `npm install lighthouse` was run: it is no part of the product.
const require = createRequire(pathToFileURL(`${process.env.LIGHTHOUSE_DIR ?? process.cwd()}/`));
const { default: lighthouse } = await import(pathToFileURL(require.resolve("lighthouse")));
const { launch } = await import(pathToFileURL(require.resolve("chrome-launcher")));

const [site, email, password, runs = "5", only = ""] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const KINDS = { Stylesheet: "css", Script: "js", Font: "font", Image: "image", Document: "html" };

const text = async (address, options) => (await fetch(address, options)).text();
const field = (page) => page.match(/name="csrfmiddlewaretoken" value="([^"]+)"/)[1];
const cookiesOf = (answer) => answer.headers.getSetCookie().map((each) => each.split(";")[0]);

/** The cookies of somebody who signed in with address and password. */
async function signIn() {
  const address = `${site}/accounts/login/`;
  const form = await fetch(address);
  const before = cookiesOf(form);
  const body = new URLSearchParams({
    csrfmiddlewaretoken: field(await form.text()),
    login: email,
    password,
  });
  const headers = { Cookie: before.join("; "), Referer: address };
  const answer = await fetch(address, { method: "POST", body, headers, redirect: "manual" });
  if (answer.status !== 302) throw new Error(`signing in answered ${answer.status}`);
  return cookiesOf(answer).join("; ");
}

/** The most popular course that costs something and has a lesson open to everyone. */
async function findCourse() {
  const list = await text(`${site}/courses/?price=paid`);
  for (const [, path] of list.matchAll(/<h3[^>]*><a href="(\/courses\/[^"/]+\/)">/g)) {
    const lesson = (await text(site + path)).match(/href="(\/learn\/[^"/]+\/)" data-preview/);
    if (lesson) return { course: path, lesson: lesson[1] };
  }
  throw new Error("no course with an open lesson");
}

const { course, lesson } = await findCourse();
const PAGES = {
  home: { path: "/" },
  catalogue: { path: "/courses/" },
  course: { path: course },
  lesson: { path: lesson },
  checkout: { path: `${course}checkout/`, signedIn: true, hidden: true },
  "sign in": { path: "/accounts/login/", hidden: true },
};

const median = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];

async function measure({ path, signedIn, hidden }) {
  const chrome = await launch({
    chromePath: process.env.CHROME_PATH,
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    const { lhr } = await lighthouse(site + path, {
      port: chrome.port,
      onlyCategories: CATEGORIES,
      // Right to be hidden from search engines.
      skipAudits: hidden ? ["is-crawlable"] : null,
      extraHeaders: signedIn ? { Cookie: await signIn() } : null,
    });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    chrome.kill();
  }
}

function summary(reports) {
  const of = (pick) => median(reports.map(pick));
  const last = reports.at(-1);
  const bytes = {};
  const requests = last.audits["network-requests"].details.items;
  for (const { resourceType, transferSize } of requests) {
    const kind = KINDS[resourceType] ?? "other";
    bytes[kind] = (bytes[kind] ?? 0) + transferSize;
  }
  const size = (kind) => ((bytes[kind] ?? 0) / 1000).toFixed(1);
  const failed = Object.values(last.audits)
    .filter(({ score, scoreDisplayMode }) => score === 0 && scoreDisplayMode === "binary")
    .map(({ id }) => id);
  return [
    ...CATEGORIES.map((name) => of((report) => Math.round(report.categories[name].score * 100))),
    (of((report) => report.audits["first-contentful-paint"].numericValue) / 1000).toFixed(2),
    (of((report) => report.audits["largest-contentful-paint"].numericValue) / 1000).toFixed(2),
    of((report) => report.audits["cumulative-layout-shift"].numericValue).toFixed(3),
    Math.round(of((report) => report.audits["total-blocking-time"].numericValue)),
    requests.length,
    ...["html", "css", "js", "font", "image"].map(size),
    failed.join(" ") || "none",
  ];
}

console.log(
  "| page | perf. | access. | practices | SEO | FCP s | LCP s | CLS | TBT ms | requests " +
    "| HTML KB | CSS KB | JS KB | fonts KB | pictures KB | failed |",
);
console.log(`|${" --- |".repeat(16)}`);
for (const [name, page] of Object.entries(PAGES)) {
  if (only && !only.split(",").includes(name)) continue;
  const reports = [];
  for (let run = 0; run < Number(runs); run += 1) reports.push(await measure(page));
  console.log(`| ${[name, ...summary(reports)].join(" | ")} |`);
}
