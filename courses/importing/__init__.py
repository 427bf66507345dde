"""Bringing courses in from other systems: read an archive, tell what was found, build a draft."""
