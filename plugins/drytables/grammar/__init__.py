"""What iptables understands: values, options, extensions, tables, chains, hooks and releases; no text is read here."""
