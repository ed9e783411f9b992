"""Many verdicts in order, as on one machine: what each command changes, and where it does not fit what came before."""
