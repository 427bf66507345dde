"""What the lists of the shop share: columns and filters."""
