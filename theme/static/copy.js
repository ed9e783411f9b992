// A button that copies a block of code: what was typed, without prompts and output. The pages need nothing of it.
if (navigator.clipboard) {
  const status = document.createElement("p");
  status.className = "copy-status";
  status.setAttribute("role", "status");
  document.body.append(status);

  for (const pre of document.querySelectorAll(".highlight > pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy this code");
    button.addEventListener("click", async () => {
      const code = pre.cloneNode(true);
      const beside = code.querySelectorAll(".gp, .go");
      for (const each of beside) each.remove();
      let text = code.textContent.trimEnd();  // no line end: a shell waits for the reader's own Enter
      if (beside.length) text = text.replace(/^\s*\n/gm, "");
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = status.textContent = "Copied";
      } catch {
        status.textContent = "Your browser does not let this page copy";
      }
      setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 2000);
    });
    pre.after(button);
  }
}
