"""One folder a format: what it reads to the neutral course. Each has a row in ``registry``."""
