"""What iptables understands: values, options, matches, targets, tables, chains, hooks and releases. Judges nothing."""
