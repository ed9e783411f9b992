// Has Lighthouse judge pages as its command line does, all in one browser and one process:
//
//     node lighthouse.mjs CHROMIUM CATEGORY,CATEGORY ADDRESS...
//
// It writes a line of JSON for each page: its score in each category, of 1, and what fell short.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, categories, ...addresses] = process.argv.slice(2);
const chrome = await launch({
  chromePath,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
  logLevel: "silent",
});
try {
  for (const address of addresses) {
    const flags = { port: chrome.port, onlyCategories: categories.split(","), logLevel: "silent" };
    const { lhr } = await lighthouse(address, flags);
    const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
    const short = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1);
    console.log(JSON.stringify({ scores: Object.fromEntries(scores), short: short.map(({ id }) => id) }));
  }
} finally {
  chrome.kill();
}
