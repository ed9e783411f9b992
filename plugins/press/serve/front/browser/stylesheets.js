// Changes what is on the page without loading the page anew, where that is possible.

const stylesheets = {
  /** For each link that is to be exchanged, the one that is loading in its place. */
  loading: new Map(),

  /** Takes the addresses of files that changed. Returns false if the page has to be loaded anew for them. */
  follow(addresses) {
    const changed = new Set(addresses.filter(address => used().has(address)));
    const overtaken = new Set(this.loading.values());
    const links = [...document.querySelectorAll("link[rel~=stylesheet][href]")].filter(each => !overtaken.has(each));
    const outdated = links.filter(each => changed.has(addressOf(each.href)));
    for (const link of outdated) changed.delete(addressOf(link.href));
    outdated.forEach(this.exchange, this);
    return changed.size === 0;
  },

  /** The old sheet stays until the new one is there, or is known to be gone: without that, the page would stand naked for
   * a moment. */
  exchange(link) {
    this.loading.get(link)?.remove();
    const fresh = link.cloneNode();
    const address = new URL(link.href);
    address.searchParams.set("press", crypto.getRandomValues(new Uint32Array(1))[0]);
    fresh.href = address;
    for (const end of ["load", "error"]) fresh.addEventListener(end, () => this.put(fresh, link), { once: true });
    this.loading.set(link, fresh);
    link.after(fresh);
  },

  put(fresh, link) {
    if (this.loading.get(link) !== fresh) return; // a later save came in between
    this.loading.delete(link);
    link.remove();
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
