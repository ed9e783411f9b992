// Keeps the place on the page, and what was unfolded there, while the page is loaded anew.

const PLACE = "press: place on the page";
const LANDMARKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, pre, figure, img, tr, blockquote, summary, [id]";
// So many landmarks below the window's upper edge are remembered, and above it: some may be what is being written.
const REMEMBERED = 25;
// In milliseconds after the page was loaded: until then its place is ours.
const SETTLED = 1000;

const place = {
  /** Remembers where the reader is, for the page that comes next in this tab. */
  keep(page) {
    const all = [...document.querySelectorAll(LANDMARKS)];
    const tops = all.map(each => each.getBoundingClientRect().top);
    const first = tops.findIndex(top => top >= 0);
    const end = first < 0 ? all.length : first;
    const near = [...all.slice(end, end + REMEMBERED), ...all.slice(Math.max(end - REMEMBERED, 0), end).reverse()];
    const kept = {
      page,
      left: scrollX,
      top: scrollY,
      landmarks: near.map(each => ({ name: nameOf(each), top: each.getBoundingClientRect().top })),
      unfolded: [...document.querySelectorAll("details")].map(each => each.open),
    };
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
    history.scrollRestoration = "manual";
  },

  /** Goes where keep() was called, by the first landmark that is still there. */
  restore() {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    sessionStorage.removeItem(PLACE);
    if (kept?.page !== location.pathname) return;
    const details = document.querySelectorAll("details");
    if (details.length === kept.unfolded.length) details.forEach((each, index) => (each.open = kept.unfolded[index]));
    let landed = this.goTo(kept);
    let isReaders = false;
    for (const sign of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      addEventListener(sign, () => (isReaders = true), { once: true, passive: true });
    }
    // Pictures and letters that arrive later move the page, unless the reader has done so. WebKit goes to the fragment of
    // the address each time that it lays out what arrived.
    const stay = () => {
      if (scrollY === landed || (location.hash && !isReaders)) landed = this.goTo(kept);
    };
    addEventListener("load", () => {
      stay();
      if (location.hash) addEventListener("scroll", stay);
      // Later still the browser would go where it thinks that the reader was.
      setTimeout(() => {
        removeEventListener("scroll", stay);
        history.scrollRestoration = "auto";
      }, SETTLED);
    }, { once: true });
  },

  goTo({ left, top, landmarks }) {
    const here = new Map();
    // Of several with one name the first is meant, as it was when they were remembered.
    for (const each of document.querySelectorAll(LANDMARKS)) {
      const name = nameOf(each);
      here.set(name, here.has(name) ? null : each);
    }
    const landmark = landmarks.find(({ name }) => here.get(name));
    const target = landmark ? scrollY + here.get(landmark.name).getBoundingClientRect().top - landmark.top : top;
    scrollTo({ left, top: top === 0 ? 0 : target, behavior: "instant" });
    return scrollY;
  },
};

/** What tells a landmark from others, also when something before it changed. */
function nameOf(each) {
  return `${each.localName} ${each.id || each.getAttribute("src") || each.textContent.trim().slice(0, 120)}`;
}
