"""Open edX course archives (OLX). Entries: ``roots.recognises`` and ``read.read_course``."""
