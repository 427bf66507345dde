"""Where money meets the outside. ``stripe`` is spoken in one module of this package."""
