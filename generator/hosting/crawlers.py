"""Files for search engines: `robots.txt` and `sitemap.xml`.

In: the built pages, the site's address, and the day each page was checked. Out: texts. It reads no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape

MOST_ADDRESSES: Final = 50_000
"""What one sitemap may hold: https://www.sitemaps.org/protocol.html"""

_NOINDEX = re.compile(rb"<meta\s[^>]*name=[\"']?robots[\"']?[^>]*noindex", re.IGNORECASE)
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def robots(site_url: str) -> str:
    """Everybody may read everything; crawlers look for it only at the root of a host."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {_slashed(site_url)}sitemap.xml\n"


def sitemaps(pages: Mapping[str, bytes], site_url: str, checked: Mapping[str, str]) -> dict[str, str]:
    """The sitemap by its path, or when it would be too long, an index and its parts."""
    rows = list(_rows(pages, site_url, checked))
    if len(rows) <= MOST_ADDRESSES:
        return {"sitemap.xml": _xml("urlset", rows)}
    parts = {
        f"sitemap-{number}.xml": _xml("urlset", rows[start : start + MOST_ADDRESSES])
        for number, start in enumerate(range(0, len(rows), MOST_ADDRESSES), 1)
    }
    index = _xml("sitemapindex", (f"<sitemap>{_loc(site_url, part)}</sitemap>" for part in parts))
    return {"sitemap.xml": index, **parts}


def _rows(pages: Mapping[str, bytes], site_url: str, checked: Mapping[str, str]) -> Iterator[str]:
    for path in sorted(pages):
        if (path == "index.html" or path.endswith("/index.html")) and not _NOINDEX.search(pages[path]):
            lastmod = f"<lastmod>{escape(checked[path])}</lastmod>" if path in checked else ""
            yield f"<url>{_loc(site_url, path.removesuffix('index.html'))}{lastmod}</url>"


def _loc(site_url: str, path: str) -> str:
    return f"<loc>{escape(_slashed(site_url) + path)}</loc>"


def _xml(root: str, rows: Iterable[str]) -> str:
    lines = "\n".join(rows)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_XMLNS}>\n{lines}\n</{root}>\n'


def _slashed(url: str) -> str:
    return url.rstrip("/") + "/"
