"""Pages of the reading room, and what is posted from them."""
