"""The declarations: one extension per file, matches and targets apart, since `mark` and `MARK` differ only in case."""
