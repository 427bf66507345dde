"""Whole pages kept in the memory of the web process, in front of Django.

``front.PageCache`` wraps the WSGI application. ``asking`` says which requests it may answer and
what a page is kept under, ``page`` what is kept, and ``courses.freshness`` how much of it, and
for how long it is true. Decision 0039.
"""
