"""The built site as readers open it: from a server, or from the unpacked download without one.

In: where it lies and where it starts. Out: the address of each page, as the browser shows it. It opens no page.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from built_site import BuiltSite, pages_of

from generator import folder


@dataclass(frozen=True)
class Site:
    """All files of the site, and the address that those of its pages begin with."""

    base: str
    files: Path

    @property
    def served(self) -> bool:
        return self.base.startswith("http:")

    @cached_property
    def pages(self) -> Mapping[str, Path]:
        """The file of every page that can be opened; a folder has no page for addresses that are not there."""
        return pages_of(self.files)

    def at(self, url: str = "") -> str:
        """The address of a page: its folder on a server, its file from a folder."""
        parts = urlsplit(url)
        file = "" if self.served or parts.path[-1:] not in ("", "/") else "index.html"
        return self.base + parts._replace(path=parts.path + file).geturl()


def unpack(built: BuiltSite, place: Path) -> Site:
    """The download of a built site, as a reader has it after unpacking."""
    with zipfile.ZipFile(built.folder / folder.PATH) as archive:
        archive.extractall(place)
    files = place / folder.FOLDER
    return Site(f"{files.as_uri()}/", files)
