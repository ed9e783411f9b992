"""What could be better about rules that work: notes, none of which is a fault. It prints and reads nothing."""
