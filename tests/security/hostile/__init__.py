"""Requests that nobody should send, to every address there is, from every kind of person.

``routes`` walks the addresses, ``world`` peoples the site, ``values`` and ``requests`` make
what is sent, ``driving`` sends it and tells what broke.
"""
