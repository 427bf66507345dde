"""Open edX course archives (OLX). Entries: ``read.recognises`` and ``read.read_course``."""
