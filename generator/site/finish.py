"""Finishing: the files that are made from the whole site, after its pages.

In: all pages and files. Out: more files for the site, and files for hosts that are not published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finished:
    """Files of the site, and configurations for hosts, by path."""

    site: dict[str, bytes] = field(default_factory=dict)
    hosting: dict[str, str] = field(default_factory=dict)


def finish(pages: Mapping[str, bytes], files: Mapping[str, bytes], site_url: str) -> Finished:
    """All that is made from the whole site."""
    return Finished()
