"""How amounts and lengths of time are written for a reader."""
