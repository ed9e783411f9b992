export default {
  layout: "base.njk",
  site: {
    title: "Notes on networks",
    description: "Linux, its kernel and its networking.",
    author: "Diego Woitasen",
    address: "https://www.example.org",
  },
};
