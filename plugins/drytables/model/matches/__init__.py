"""What each match asks of a packet, option by option; and for those that no packet answers, why."""
