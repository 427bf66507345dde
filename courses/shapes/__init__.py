"""What was sent in, read for its shape before anything believes it.

Numbers, lists, sets of forms, JSON and rich text arrive as text that anybody may write. The
readers here answer with what they found or raise ``Misshapen``, which becomes a 400 in words
(``answers``). None does more work than what was sent is large: a count that was posted is
never believed beyond the fields that were posted with it.
"""
