"""What the lists of learning share: all rows for admins, one's own for producers."""
