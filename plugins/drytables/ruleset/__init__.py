"""Many verdicts in order, as on one machine: what each command changes, and how it conflicts with earlier ones."""
