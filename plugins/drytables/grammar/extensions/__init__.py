"""The declarations: one extension a file, matches and targets apart, since `mark` and `MARK` differ only in case."""
