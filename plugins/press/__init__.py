"""What make runs: `build` makes the site, `preview` shows it while it is written. Nothing here knows of iptables."""
