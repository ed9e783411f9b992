"""What make runs: `build` builds the site, `preview` shows it while it is written. Nothing here is about iptables."""
