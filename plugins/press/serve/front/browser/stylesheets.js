// Changes what is on the page without loading the page anew, where that is possible.

const stylesheets = {
  /** Takes the addresses of files that changed. Returns false if the page has to be loaded anew for them. */
  follow(addresses) {
    const changed = new Set(addresses.filter(address => used().has(address)));
    for (const link of document.querySelectorAll("link[rel~=stylesheet][href]")) {
      const address = addressOf(link.href);
      if (changed.delete(address)) this.exchange(link);
    }
    return changed.size === 0;
  },

  /** The old sheet stays until the new one is there: without that, the page would stand naked for a moment. */
  exchange(link) {
    const fresh = link.cloneNode();
    const address = new URL(link.href);
    address.searchParams.set("press", Date.now());
    fresh.href = address;
    fresh.addEventListener("load", () => link.remove());
    fresh.addEventListener("error", () => fresh.remove());
    link.after(fresh);
  },
};

/** All that the page has loaded from here, and what it would have if that had been there. */
function used() {
  const elements = [...document.querySelectorAll("link[href], [src], [poster], object[data]")];
  const named = elements.map(each => each.currentSrc || each.src || each.href || each.poster || each.data);
  const loaded = performance.getEntriesByType("resource").map(entry => entry.name);
  return new Set([...named, ...loaded].map(addressOf));
}

/** The address below the site's root, decoded; "" if it is elsewhere. */
function addressOf(url) {
  try {
    const { origin, pathname } = new URL(url, document.baseURI);
    return origin === location.origin ? decodeURIComponent(pathname) : "";
  } catch {
    return "";
  }
}
