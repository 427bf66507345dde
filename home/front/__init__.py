"""The front page: what stands on it (``contents``), kept as HTML (``sheet``), and
where its reader goes on (``resuming``)."""
