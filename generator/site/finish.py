"""Finishing: the files that are made from the whole site, after its pages.

In: all pages and files. Out: more files for the site, and files for hosts that are not published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator import folder, offline


@dataclass(frozen=True)
class Finished:
    """Files of the site, and configurations for hosts, by path."""

    site: dict[str, bytes] = field(default_factory=dict)
    hosting: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sources:
    """What finishing needs besides pages and files."""

    worker: str = ""
    """The source of the service worker; without one there is none."""
    archive: bytes = b""
    """The download of an earlier build, whose members are taken over."""


def finish(
    pages: Mapping[str, bytes], files: Mapping[str, bytes], site_url: str, sources: Sources
) -> Finished:
    """All that is made from the whole site."""
    pages = {path: pages[path] for path in pages}  # each is read once
    made = folder.archive(pages, files, sources.archive)
    if sources.worker:
        made |= offline.worker(sources.worker, pages, files)
    return Finished(made)
