"""How often one address of the site may be tried: by a person, and from a network."""

from dataclasses import dataclass

Rates = tuple[str, ...]


@dataclass(frozen=True)
class CountedDoor:
    """What is counted there, and how much of it is enough.

    ``per_person`` counts who is signed in. ``per_network`` counts an IPv4 address or the /64 of an
    IPv6 one, whoever is behind it; ``per_visitor`` counts there only who is not signed in, so that
    a school behind one address gets through. A door with ``asks`` counts only requests whose
    address asks that: a search is one when it says what for.
    """

    action: str
    per_person: Rates = ()
    per_network: Rates = ()
    per_visitor: Rates = ()
    method: str = "POST"
    asks: str = ""
