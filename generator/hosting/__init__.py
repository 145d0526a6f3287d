"""What web hosts need beside the pages: headers in each host's own words, and files for search engines.

In: the built pages and files, and the site's address. Out: more files, by path. All policies come from
`generator.policy`, all cache times from `rules.py`. It opens no file and knows no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator import policy
from generator.hosting import apache, cloudfront, crawlers, headers_file, nginx


def files(
    pages: Mapping[str, bytes],
    files: Mapping[str, bytes],
    site_url: str,
    checked: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """The published files, by site path; `checked` gives the ISO date of a page, by its site path.

    Raises ValueError, in one line, when a host could not take them.
    """
    headers = headers_of(pages.values())
    texts = {
        "_headers": headers_file.text(headers, [*pages, *files]),
        ".htaccess": apache.text(headers, site_url),
        "robots.txt": crawlers.robots(site_url),
        **crawlers.sitemaps(pages, site_url, checked or {}),
    }
    return {path: text.encode() for path, text in texts.items()}


def hosting(pages: Mapping[str, bytes], site_url: str) -> dict[str, bytes]:
    """What a publisher sets up once beside the site, by file name: it is not part of the site."""
    headers = headers_of(pages.values())
    texts = {
        "nginx.conf": nginx.text(headers, site_url),
        "cloudfront-headers.json": cloudfront.headers_policy(headers),
        "cloudfront-function.js": cloudfront.FUNCTION,
    }
    return {path: text.encode() for path, text in texts.items()}


def headers_of(pages: Iterable[bytes]) -> dict[str, str]:
    """The headers of every answer, with the hashes of all inline scripts and styles in the pages."""
    found = [policy.inline_hashes(page.decode()) for page in pages]
    scripts = frozenset[str]().union(*(scripts for scripts, _ in found))
    styles = frozenset[str]().union(*(styles for _, styles in found))
    return policy.headers(scripts, styles)
