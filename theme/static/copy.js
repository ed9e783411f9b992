// A button that copies a block of code: what was typed, without prompts and output. The pages need nothing of it.
// Its words are on the element that loads it, in the language of the page.
const words = document.currentScript.dataset;
if (navigator.clipboard) {
  const status = document.createElement("p");
  status.className = "copy-status";
  status.setAttribute("role", "status");
  document.body.append(status);

  for (const pre of document.querySelectorAll(".highlight > pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.setAttribute("aria-label", words.copyCode);
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
      setTimeout(() => { button.textContent = words.copy; status.textContent = ""; }, 2000);
    });
    pre.after(button);
  }
}
