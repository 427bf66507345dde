"""What the lists of the shop share."""
