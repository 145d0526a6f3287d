"""The download: the whole site as a folder that opens without a server, in one ZIP archive.

In: all pages and files of the site, and the archive of an earlier build. Out: the archive, the same bytes for
the same site. It reads and writes no file, and knows of a page only its links.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from generator import offline, zips
from generator.zips import Member

PATH = "download/undelivered-site.zip"
FOLDER = "undelivered"
# Only a server shows it, for addresses that are not there; its links start at the root of the host.
_MISSING_PAGE = "404.html"
_LINK = re.compile(r'(<a\b[^<>]*?\shref=")([^"]*)(")')
_CANONICAL = re.compile(r'<link\b[^<>]*?\srel="?canonical"?\s[^<>]*?href="?([^"\s<>]*)')
README = """\
Undelivered: the whole site in a folder
=======================================

Open the file index.html in this folder. It opens in your browser.

- Unpack the whole archive first. On most computers: right-click it, then choose "Extract all" or "Open with".
- No network is needed. Search, checklists and letters work.
- Nothing that you type or tick leaves your device.
- You may copy this folder, print from it and give it away.
- It does not renew itself. Rules and time limits change: look at the day "last checked" at the foot of each
  page, and load a new copy from time to time.
"""
# Part of each member's key: another rule for links, or another zlib, gives other bytes.
_RULES = f"1 {zlib.ZLIB_RUNTIME_VERSION}".encode()


def archive(pages: Mapping[str, bytes], files: Mapping[str, bytes], before: bytes = b"") -> dict[str, bytes]:
    """The folder as an archive; unchanged members of `before`, an earlier archive, are taken over."""
    earlier = zips.members(before)
    plain = {path: data for path, data in files.items() if _belongs(path) and path not in pages}
    shown = {path: data for path, data in pages.items() if path != _MISSING_PAGE}
    members = {f"{FOLDER}/{path}": _member(data, earlier, page=False) for path, data in plain.items()}
    members |= {f"{FOLDER}/{path}": _member(data, earlier, page=True) for path, data in shown.items()}
    members[f"{FOLDER}/READ-ME-FIRST.txt"] = _member(README.encode(), earlier, page=False)
    return {PATH: zips.archive(members)}


def _belongs(path: str) -> bool:
    """Whether a file is of use without a server."""
    return offline.is_kept(path) and path != _MISSING_PAGE


def _member(data: bytes, earlier: Mapping[str, Member], *, page: bool) -> Member:
    key = zips.key(_RULES, b"page" if page else b"file", data)
    return earlier.get(key) or zips.compress(key, opened(data) if page else data)


def opened(page: bytes) -> bytes:
    """A page whose links lead to files: a browser shows no index.html by itself from a folder."""
    text = page.decode("utf-8")
    canonical = _CANONICAL.search(text)
    site = canonical.group(1) if canonical else ""
    return _LINK.sub(lambda found: found[1] + to_file(found[2], site) + found[3], text).encode()


def to_file(link: str, here: str = "") -> str:
    """A link to a folder as a link to its index.html; `here` is the page's own address on the web.

    The archive is not inside itself, so a link to it leads to the web.
    """
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return link
    if parts.path.endswith(PATH):
        return urljoin(here, link)
    ends = parts.path.rpartition("/")[2]
    file = {"": "index.html", ".": "/index.html", "..": "/index.html"}.get(ends, "")
    return parts._replace(path=parts.path + file).geturl()
