// Has Mozilla's observatory judge a site on this machine, as its command line does on the network:
//
//     node observatory.mjs HTTP_PORT HTTPS_PORT PATH
//
// It writes a line of JSON: the grade, the score, which tests failed, and what each came to.
import fs from "node:fs";

// Its package asks the network for lists of hosts after it was installed. The one of this test is in none of them.
const read = fs.readFileSync;
fs.readFileSync = (file, ...options) =>
  String(file).endsWith("hsts-preload.json") ? "{}" : read(file, ...options);

const { ALL_TESTS } = await import("@mdn/mdn-http-observatory/src/constants.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await import("@mdn/mdn-http-observatory/src/grader/charts.js");
const { getGradeForScore, getScoreModifier } = await import("@mdn/mdn-http-observatory/src/grader/grader.js");
const { retrieve } = await import("@mdn/mdn-http-observatory/src/retriever/retriever.js");

const [httpPort, httpsPort, path] = process.argv.slice(2);
const site = await retrieve("localhost", { httpPort, httpsPort, path });
const results = ALL_TESTS.map((test) => test(site));
const modifiers = results.map(({ result }) => getScoreModifier(result));
const sum = (numbers) => numbers.reduce((all, each) => all + each, 100);
const plain = sum(modifiers.filter((each) => each < 0));
const { grade, score } = getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : plain);
const failed = results.filter(({ pass }) => !pass).map(({ constructor, result }) => `${constructor.name}: ${result}`);
console.log(JSON.stringify({ grade, score, failed, results: results.map(({ result }) => result) }));
