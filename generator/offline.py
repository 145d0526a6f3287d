"""The service worker: its source with the list of this release put in.

In: the worker's source, and all pages and files of the site. Out: `sw.js`, the same bytes for the same site.
It knows which files a reader needs without a network; how they are kept and served is the worker's part.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

PATH = "sw.js"
RELEASE = '{ version: "", bytes: 0, files: {} }'
"""Stands once in the worker's source; the list takes its place."""

OFF = "worker.registration.unregister()"
"""What only the source of the way out says."""

_HASH = 16
"""Hex digits of a hash. It finds accidents; whoever can change a page can change the list too."""
# Read by hosts and by search engines, or too heavy to be kept unasked.
_NOT_KEPT = ("download/", "sitemap", "robots.txt", "humans.txt", PATH)


def worker(template: str, pages: Mapping[str, bytes], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The service worker of this release; ValueError when the source has no place for the list.

    The source that removes every worker needs none and is published as it is.
    """
    if OFF in template:
        return {PATH: template.encode()}
    if template.count(RELEASE) != 1:
        raise ValueError(f"the worker's source must hold {RELEASE} once")
    kept = {path: data for path, data in {**files, **pages}.items() if is_kept(path)}
    hashes = dict(sorted((address(path), short_hash(data)) for path, data in kept.items()))
    release = {
        "version": short_hash(json.dumps(hashes).encode()),
        "bytes": sum(map(len, kept.values())),
        "files": hashes,
    }
    # One file on a line, so that two releases can be compared by eye.
    return {PATH: template.replace(RELEASE, json.dumps(release, indent=0)).encode()}


def is_kept(path: str) -> bool:
    """Whether a reader needs this file; those for hosts begin with a dot or an underscore."""
    hidden = any(part.startswith((".", "_")) for part in path.split("/"))
    return not hidden and not path.startswith(_NOT_KEPT) and not path.endswith((".map", ".gz", ".br"))


def address(path: str) -> str:
    """A file's path as readers ask for it: steps/report-it/index.html stands at steps/report-it/."""
    folder, slash, name = path.rpartition("/")
    return folder + slash if name == "index.html" else path


def short_hash(data: bytes) -> str:
    """The beginning of the SHA-256, as the worker computes it."""
    return hashlib.sha256(data).hexdigest()[:_HASH]
