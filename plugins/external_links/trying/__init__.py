"""Asks hosts for addresses, as a guest who would like to be let in again."""
