// The search page: what was typed is looked up in the index that Pagefind made, in this browser, and stays here.
const page = document.getElementById("theme:search");
const form = page.querySelector("form");
const input = form.querySelector("input");
const count = page.querySelector("[role=status]");
const list = page.querySelector("ol");
const MOST = 20;
let latest = 0;

function entry(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = found.url;
  link.textContent = found.meta.title;
  const excerpt = document.createElement("p");
  // Pagefind escapes the words and marks those that were looked for.
  const parsed = new DOMParser().parseFromString(found.excerpt, "text/html");
  excerpt.append(...parsed.body.childNodes);
  item.append(link, excerpt);
  return item;
}

async function search(index) {
  const words = input.value.trim();
  const turn = ++latest;
  history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
  const found = words ? (await index.search(words)).results : [];
  const shown = await Promise.all(found.slice(0, MOST).map(each => each.data()));
  if (turn !== latest) return;  // something else was typed meanwhile
  list.replaceChildren(...shown.map(entry));
  const { foundOne, foundMany } = page.dataset;
  count.textContent = !words ? "" : found.length === 1 ? foundOne : foundMany.replace("0", found.length);
}

try {
  const index = await import(new URL(page.dataset.index, location));
  await index.init();
  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  input.addEventListener("input", () => search(index));
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.focus();
  if (input.value) await search(index);
} catch {
  count.textContent = page.dataset.failed;
}
