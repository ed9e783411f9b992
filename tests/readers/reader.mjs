// A browser that does what it is told, one order after the other:
//
//     node reader.mjs (chrome|firefox) EXECUTABLE [ARGUMENT...]
//
// An order is a line of JSON, `{"do": NAME, ...}`, and so is the answer: `{"done": ...}`, or `{"failed": "why"}`.
import { createInterface } from "node:readline";
import { launch } from "puppeteer-core";

const [kind, executablePath, ...args] = process.argv.slice(2);
const browser = await launch({
  browser: kind,
  executablePath,
  headless: true,
  acceptInsecureCerts: kind === "firefox",
  // Of Firefox's own windows, one setting is changed: for the colours of pages it has no order.
  args: kind === "firefox" ? ["--remote-allow-system-access"] : ["--no-sandbox", "--disable-gpu", ...args],
});
let context, page, problems;

/** What a page was not allowed to load, told by itself; its own script is not there yet. */
function watch() {
  document.addEventListener("securitypolicyviolation", (event) =>
    (window.refusals ??= []).push(`${event.effectiveDirective}: ${event.blockedURI}`));
}

async function inFirefox(expression) {
  const ask = (method, parameters) => browser.connection.send(method, parameters);
  const { result } = await ask("browsingContext.getTree", { "moz:scope": "chrome" });
  const target = { context: result.contexts[0].context };
  await ask("script.evaluate", { expression, target, awaitPromise: false });
}

const orders = {
  /** Be another reader, who has seen no page yet. */
  async begin() {
    await context?.close();
    context = await browser.createBrowserContext();
    page = await context.newPage();
    await page.evaluateOnNewDocument(watch);
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    problems = [];
  },
  async open({ address, width = 1280 }) {
    problems = [];
    await page.setViewport({ width, height: 900 });
    const answer = await page.goto(address);
    const status = answer.status();
    return { status: status === 304 ? 200 : status, address: page.url() };
  },
  async problems() {
    return [...problems, ...(await page.evaluate(() => window.refusals ?? []))];
  },
  evaluate: ({ script }) => page.evaluate(script),
  press: ({ key }) => page.keyboard.press(key),
  width: ({ width }) => page.setViewport({ width, height: 900 }),
  scheme: ({ scheme }) =>
    kind === "firefox"
      ? inFirefox(
          `Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", ${scheme === "dark" ? 0 : 1})`,
        )
      : page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]),
};

await orders.begin();
for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...order } = JSON.parse(line);
  let answer;
  try {
    answer = { done: (await orders[name](order)) ?? null };
  } catch (error) {
    answer = { failed: String(error) };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();
