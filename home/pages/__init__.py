"""Pages that are not courses: who hears that one has changed."""
