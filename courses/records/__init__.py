"""Lists of rows that are read and exported, never typed into; the one way to make such a list."""
