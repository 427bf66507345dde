"""``/sitemap.xml``: what anybody may open, told to search engines in parts.

A worker writes the parts (``building.build``) after a course came, changed or went, and on the
clock; ``views`` reads them. ``sections`` names what there is, each section a part at a time.
"""
