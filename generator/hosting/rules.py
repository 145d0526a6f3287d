"""What every host is told about our files: how long each may be kept, and what type it is.

In: a path below the site's root. Out: its Cache-Control and its media type. It knows no host's syntax.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

YEAR, WEEK, HOUR = 31_536_000, 604_800, 3_600


@dataclass(frozen=True)
class CacheRule:
    """Files by a pattern over their whole path (a regular expression that all hosts read alike)."""

    what: str
    pattern: str
    value: str

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def holds(self, path: str) -> bool:
        """Whether the rule is for a path."""
        return self._regex.fullmatch(path) is not None


CHECK_FIRST: Final = "no-cache"
"""May be kept, but the server is asked each time whether it is still the newest: a 304 of a few bytes."""

CACHE: Final = (
    CacheRule(
        "the hash in the name changes with the content",
        r"assets/.+\.[0-9a-f]{10}\.[a-z0-9]+",
        f"public, max-age={YEAR}, immutable",
    ),
    CacheRule("icons and pictures", r"assets/images/.+", f"public, max-age={WEEK}"),
    CacheRule("the site as a folder", r"download/.+\.zip", f"public, max-age={HOUR}"),
    CacheRule("fixed names that scripts ask for", r"sw\.js|assets/search-data\.js", CHECK_FIRST),
)
"""The first rule that holds counts. All else, pages above all, is CHECK_FIRST."""

TYPES: Final[Mapping[str, str]] = {
    "css": "text/css",
    "gif": "image/gif",
    "html": "text/html",
    "ico": "image/x-icon",
    "ics": "text/calendar",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "yml": "application/yaml",
    "zip": "application/zip",
}
"""Media types by the end of the name. A host's own list may lack some, such as webmanifest."""


def is_text(media_type: str) -> bool:
    """Whether files of a type are UTF-8 text: they carry the charset, and are worth compressing."""
    return media_type.startswith("text/") or media_type.endswith(("json", "xml", "yaml"))


def cache_control(path: str) -> str:
    """The Cache-Control of a file."""
    return next((rule.value for rule in CACHE if rule.holds(path)), CHECK_FIRST)
