"""A site that starts a thread as it is loaded, as some libraries do."""

import threading

from .lane_site import TOLD, application

__all__ = ["application"]

threading.Thread(target=TOLD.wait, name="of-a-library", daemon=True).start()
