// What blocks of code do beside being read: buttons copy what was typed, without prompts and output, and the arrow keys go
// from word to word of a command, so that Tab stops at each block once. The pages need nothing of it. Its words are on the
// element that loads it, in the language of the page.
const words = document.currentScript.dataset;

function copyButton(pre, shown, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = shown;
  button.setAttribute("aria-label", name);
  button.addEventListener("click", async () => {
    const code = pre.cloneNode(true);
    const beside = code.querySelectorAll(".gp, .go");
    for (const each of beside) each.remove();
    let text = code.textContent.trimEnd();  // no line end: a shell waits for the reader's own Enter
    if (beside.length) text = text.replace(/^\s*\n/gm, "");
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = status.textContent = words.copied;
    } catch {
      status.textContent = words.cannotCopy;
    }
    setTimeout(() => { button.textContent = shown; status.textContent = ""; }, 2000);
  });
  return button;
}

function addButtons(pre) {
  const block = pre.parentElement;
  const copies = document.createElement("div");
  copies.className = "copies";
  if (block.matches(".snippet-corrected")) {
    const today = copyButton(pre, words.copyToday, words.copyCodeToday);
    today.classList.add("for-today");
    // Who is in a hurry comes to the commands of today first; those that are refused are still to be had.
    const asWritten = block.closest(".snippet").querySelector(".highlight > pre");
    copies.append(today, copyButton(asWritten, words.copyAsWritten, words.copyCodeAsWritten));
  } else if (!block.matches(".snippet-refused > *")) {
    copies.append(copyButton(pre, words.copy, words.copyCode));
  } else if (!block.parentElement.querySelector(".snippet-corrected")) {
    copies.append(copyButton(pre, words.copyAsWritten, words.copyCodeAsWritten));
  } else {
    return;
  }
  pre.after(copies);
}

function makeOneStop(pre) {
  const stops = [...pre.querySelectorAll("[aria-description]")];
  if (!stops.length) return;
  const stopAt = (word) => { for (const each of stops) each.tabIndex = each === word ? 0 : -1; };
  stopAt(stops[0]);
  pre.addEventListener("focusin", (event) => { if (stops.includes(event.target)) stopAt(event.target); });
  pre.addEventListener("keydown", (event) => {
    const at = stops.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at < 0 || !stops[to] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stops[to].focus();
  });
}

function hideOnEscape(figure) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") figure.classList.add("snippet-quiet");
  });
  const show = (event) => { if (event.target.closest("[aria-description]")) figure.classList.remove("snippet-quiet"); };
  figure.addEventListener("pointerover", show);
  figure.addEventListener("focusin", show);
}

for (const pre of document.querySelectorAll(".snippet pre")) makeOneStop(pre);
for (const link of document.querySelectorAll(".snippet-past")) link.remove();
for (const figure of document.querySelectorAll(".snippet")) hideOnEscape(figure);

const status = document.createElement("p");
if (navigator.clipboard) {
  status.className = "copy-status";
  status.setAttribute("role", "status");
  document.body.append(status);
  for (const pre of document.querySelectorAll(".highlight > pre")) addButtons(pre);
}
