"""How a course is found: entries, search, facets, the course page, what other sites show of it."""
