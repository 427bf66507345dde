"""The front page: what stands on it (``contents``), kept as HTML (``sheet``)."""
