"""The sitemap, as a search engine reads it."""

from xml.etree import ElementTree as ET

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def named(client, address: str = "/sitemap.xml") -> list[str]:
    """Every address of the sitemap, through its index."""
    tree = ET.fromstring(client.get(address).content)
    sections = [each.text for each in tree.findall("s:sitemap/s:loc", NAMES)]
    pages = [each.text for each in tree.findall("s:url/s:loc", NAMES)]
    return [*pages, *(page for section in sections for page in named(client, section))]
