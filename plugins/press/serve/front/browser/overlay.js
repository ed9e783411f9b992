// Shows a report over the page, in a shadow tree: no style of the page reaches it, and none of it the page.

const CLOSED = "press: closed report";

const overlay = {
  host: null,

  /** Shows a report, given as parts of pieces of text, all with their classes, over a page of the last good site, or of
   * what could be read of one. No parts take it away. */
  show({ parts, isPartial }) {
    const text = parts.flatMap(([, pieces]) => pieces.map(([, piece]) => piece)).join("");
    this.remove();
    if (!text) {
      sessionStorage.removeItem(CLOSED);
    } else if (sessionStorage.getItem(CLOSED) !== text) {
      this.add(parts, text, isPartial ? "this is what could be read" : "this is the last good page");
    }
  },

  add(parts, text, shown) {
    const isTyping = types(document.activeElement);
    // No element of the name: a browser moves the focus into that by itself.
    const dialog = element("div", { class: "over report", role: "alertdialog", "aria-labelledby": "title",
      "aria-describedby": "about", lang: "en", dir: "ltr" });
    const head = element("div", isTyping && { role: "alert" });
    const button = element("button", { type: "button" }, "Close");
    const report = element("pre", { tabindex: "0", role: "region", "aria-label": "Report" });
    head.append(
      button,
      element("h1", { id: "title" }, `Not built: ${shown}`),
      element("p", { id: "about" }, "The save that fixes this takes the report away."),
    );
    for (const [kind, pieces] of parts) {
      const part = element("span", kind && { class: kind });
      part.append(...pieces.map(([classes, piece]) => element("span", classes && { class: classes }, piece)));
      report.append(part);
    }
    dialog.append(head, report);
    const close = () => {
      sessionStorage.setItem(CLOSED, text);
      this.remove();
    };
    button.addEventListener("click", close);
    this.leaveByEscape = event => event.key === "Escape" && !event.defaultPrevented && !types(event.target) && close();
    addEventListener("keydown", this.leaveByEscape);

    this.host = element("press-report");
    const shadow = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(REPORT_CSS);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(dialog);
    document.documentElement.append(this.host);
    this.focusBefore = document.activeElement;
    // Above all that the page itself lays over everything, where browsers can do that.
    if (dialog.showPopover) {
      dialog.popover = "manual";
      dialog.showPopover();
    }
    // Whoever types into the page goes on there: what was typed must not close the report.
    if (!isTyping) button.focus({ preventScroll: true });
  },

  remove() {
    if (!this.host) return;
    const hadFocus = document.activeElement === this.host;
    removeEventListener("keydown", this.leaveByEscape);
    this.host.remove();
    this.host = null;
    if (hadFocus) this.focusBefore?.focus?.({ preventScroll: true });
  },
};

/** Whether keys go into an element, such as a field for a search. */
function types(each) {
  while (each?.shadowRoot?.activeElement) each = each.shadowRoot.activeElement;
  return Boolean(each?.isContentEditable || each?.matches("input, textarea, select, iframe"));
}

function element(name, attributes, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}
