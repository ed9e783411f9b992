"""What rules say and do, as data and plain text. No HTML is produced here."""
