"""Ground: one short word for all that every page rests on besides the content: code, templates, versions.

In: folders of the project and the names of installed packages. Out: a word that changes when any of them
does, so that nothing made with older code is taken for new. It reads, and decides nothing.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.digest import digest

_CODE = Path(__file__).parent
_HUGE = 20_000_000
_PACKAGES = (
    "mkdocs",
    "mkdocs-material",
    "jinja2",
    "markupsafe",
    "markdown-it-py",
    "pydantic",
    "pyyaml",
    "babel",
)


@cache
def of_code() -> str:
    """The generator with its templates and messages, Python, and the packages that make pages."""
    return digest(sys.version, *map(_version, _PACKAGES), of_files(_CODE))


def of_files(*roots: Path) -> str:
    """The names and bytes of files and of all that stands in folders; links and pipes are not followed."""
    found = ((path.relative_to(root.parent), _said(path)) for root in roots for path in _paths(root))
    return digest(*(part for name, said in found for part in (os.fsencode(name), said)))


def _paths(root: Path) -> Iterable[Path]:
    found = [root] if root.is_file() else sorted(root.rglob("*"))
    return [one for one in found if "__pycache__" not in one.parts]


def _said(path: Path) -> bytes:
    """What a path holds, for a digest; a huge file is told by its size and date, for nothing reads it."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        return f"link to {path.readlink()}".encode("utf-8", "surrogateescape")
    if not stat.S_ISREG(found.st_mode):
        return b""
    return path.read_bytes() if found.st_size <= _HUGE else f"{found.st_size} {found.st_mtime_ns}".encode()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
