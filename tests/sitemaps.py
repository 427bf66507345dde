"""The sitemap, as a search engine reads it."""

from xml.etree import ElementTree as ET

from home.sitemap.building import build

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def named(client) -> list[str]:
    """Every address of the sitemap when a worker has just written it."""
    build()
    return read(client)


def read(client, address: str = "/sitemap.xml") -> list[str]:
    """Every address of the sitemap as it is, through its index."""
    tree = ET.fromstring(client.get(address).content)
    sections = [each.text for each in tree.findall("s:sitemap/s:loc", NAMES)]
    pages = [each.text for each in tree.findall("s:url/s:loc", NAMES)]
    return [*pages, *(page for section in sections for page in read(client, section))]
