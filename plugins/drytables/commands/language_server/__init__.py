"""The language server: what `drytables check`, `fix` and `explain` say, in an editor, while a text is typed.

Only `server` speaks with the editor. The rest needs no editor to be understood: texts and the places in them, and what
is said of them in the protocol's terms. All in here needs the extra `lsp`, and nothing outside of it does.
"""
