// Eleventy's own settings, but for what makes it write the same pages as ours.
import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";

const MONTHS = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" });
const month = (date) => `${MONTHS.format(date)} ${date.getUTCFullYear()}`;

// The posts, newest first, in groups of those for which `address` is the same.
const groups = (collections, address, title) => {
  const found = new Map();
  for (const post of collections.getFilteredByTag("posts").reverse()) {
    const key = address(post.date);
    if (!found.has(key)) found.set(key, { address: key, title: title(post.date), posts: [] });
    found.get(key).posts.push(post);
  }
  return [...found.values()];
};

export default function (config) {
  config.addPlugin(highlight);
  config.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feeds/all.atom.xml",
    collection: { name: "posts", limit: 100 },
    metadata: {
      language: "en",
      title: "Notes on networks",
      subtitle: "Linux, its kernel and its networking.",
      base: "https://www.example.org/",
      author: { name: "Diego Woitasen" },
    },
  });
  config.addFilter("month", month);
  config.addFilter("isoMonth", (date) => date.toISOString().slice(0, 7));
  config.addFilter("isTopic", (tags) => tags.filter((tag) => tag !== "posts" && tag !== "all"));
  config.addCollection("periods", (collections) => [
    ...groups(collections, (date) => date.toISOString().slice(0, 4), (date) => `${date.getUTCFullYear()}`),
    ...groups(collections, (date) => date.toISOString().slice(0, 7).replace("-", "/"), month),
  ]);
  return { dir: { input: "content", includes: "../includes", output: "_site" } };
}
