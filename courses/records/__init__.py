"""Lists of rows that are read and exported, never typed into; the one way to make such a list.

``cursors`` turns the pages of any list by keyset, on the site as in the admin.
"""
