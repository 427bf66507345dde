"""Lists of the admin as files, written by a worker while the person goes on.

``asking.answer`` is what pressing “Download” does: a short list comes at once, of a long one
``asking.ask`` notes that somebody wants it. ``writing.write`` asks the list again in a worker, as
that person, and keeps the file; ``writing.sweep`` finds what was left behind. ``views`` shows how
far each is and gives it to whoever asked for it, ``retention`` forgets it after some days.
"""
