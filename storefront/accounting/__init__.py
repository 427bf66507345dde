"""Every cent: the double-entry ledger and what producers see of it."""
