"""The web server: granian, with the site loaded once for all workers, and two lanes in each.

``loading`` loads the site before the workers are forked, ``lanes`` answers what is kept while a
view is at work. Decision 0060.
"""
