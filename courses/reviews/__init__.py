"""The admin's views for whoever reviews courses."""
