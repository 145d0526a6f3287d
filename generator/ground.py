"""Ground: one short word for all that every page rests on besides the content: code, templates, versions.

In: folders of the project and the names of installed packages. Out: a word that changes when any of them
does, so that nothing made with older code is taken for new. It reads, and decides nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.digest import digest

_CODE = Path(__file__).parent
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


def of_code() -> str:
    """The generator with its templates and messages, Python, and the packages that make pages."""
    return digest(sys.version, *map(_version, _PACKAGES), of_files(_CODE))


def of_files(*roots: Path) -> str:
    """The names and bytes of files and of all files in folders."""
    found = (
        (path.relative_to(root.parent).as_posix(), path.read_bytes())
        for root in roots
        for path in _files(root)
    )
    return digest(*(part for pair in found for part in pair))


def _files(root: Path) -> Iterable[Path]:
    found = [root] if root.is_file() else sorted(root.rglob("*"))
    return [one for one in found if one.is_file() and "__pycache__" not in one.parts]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
