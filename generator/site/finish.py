"""Finishing: the files that are made from the whole site, after its pages.

In: all pages and files. Out: more files for the site, and files for hosts that are not published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator import folder, hosting, offline

Files = dict[str, bytes]


@dataclass(frozen=True)
class Whole:
    """The site as far as it is made, and what finishing needs besides."""

    pages: Mapping[str, bytes]
    files: Mapping[str, bytes]
    site_url: str = ""
    checked: Mapping[str, str] = field(default_factory=dict)
    """The ISO date on which the facts of a page were last checked, by its path."""
    worker: str = ""
    """The source of the service worker; without one there is none."""
    archive: bytes = b""
    """The download of an earlier build, whose members are taken over."""


def published(whole: Whole) -> Files:
    """The files of the site that are made from all of it; ValueError when a host would refuse one."""
    made = folder.archive(whole.pages, whole.files, whole.archive)
    made |= hosting.files(whole.pages, {**whole.files, **made}, whole.site_url, whole.checked)
    if whole.worker:
        made |= offline.worker(whole.worker, whole.pages, {**whole.files, **made})
    return made


def beside(whole: Whole) -> Files:
    """What a publisher sets up once at a host; it is not published."""
    return hosting.hosting(whole.pages, whole.site_url)
