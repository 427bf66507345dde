"""How dates are written where a template names no format, as in the admin's lists."""
