"""Open edX course archives (OLX). Entry: ``read.read_course``."""
