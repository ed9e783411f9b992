"""What each target does to a packet that it acts on; and for those that cannot be known, why."""
