"""Pages and posts around an order."""
