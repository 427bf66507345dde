"""Pages of which a part can be swapped in place, for whoever has scripts.

Verb: ``answers.page_or_parts``. What happens in the browser: ``static/js/swaps.js``.
"""
