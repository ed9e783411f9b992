"""What there is: the pages of a built site, what they load, when they changed, and which addresses moved."""
