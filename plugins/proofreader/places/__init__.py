"""Where in a text a fault is. Looked for only where there is one."""
