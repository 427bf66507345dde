"""Django's backend for PostgreSQL, asked less often whether it still lives. Decision 0064."""
