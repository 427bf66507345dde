"""Ports for servers that a test starts."""

import socket


def a_free_port() -> int:
    """One that the system chooses: workers that ask at the same moment get different ones."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
