// Follows the site: asks to be told what differs between this page and what it is to be now.

const script = document.currentScript;
const { digest, isReport } = script.dataset;
const page = location.pathname;
// In milliseconds: before the server is tried again, and before a tab that had to rest is.
const AGAIN = 1000, RESTED = 3000;

let mark = script.dataset.mark;
let stream = null;
let timer = 0;

function connect() {
  disconnect();
  // A tab that nobody sees waits: a browser has only six connections for all tabs.
  if (document.visibilityState === "hidden") return;
  const address = new URL("/.press/events", script.src);
  address.search = new URLSearchParams({ page, digest, mark });
  stream = new EventSource(address);
  const on = (name, act) =>
    stream.addEventListener(name, event => {
      mark = event.lastEventId;
      act(JSON.parse(event.data));
    });
  on("reload", reload);
  on("moved", follow);
  on("report", report => isReport === undefined && overlay.show(report));
  on("resources", addresses => stylesheets.follow(addresses) || reload());
  on("rest", () => connectAfter(RESTED));
  stream.addEventListener("error", () => connectAfter(AGAIN));
}

function connectAfter(milliseconds) {
  disconnect();
  timer = setTimeout(connect, milliseconds);
}

function disconnect() {
  clearTimeout(timer);
  stream?.close();
  stream = null;
}

function reload() {
  disconnect();
  place.keep(page);
  location.reload();
}

/** Goes where the page is now: its post has another address, and there is nothing at the one before. */
function follow(address) {
  disconnect();
  const moved = new URL(address, script.src);
  place.keep(moved.pathname);
  location.replace(moved);
}

place.restore();
connect();
document.addEventListener("visibilitychange", connect);
addEventListener("pageshow", event => event.persisted && connect());
addEventListener("pagehide", disconnect);
// Some themes style what comes last on the page.
script.remove();
