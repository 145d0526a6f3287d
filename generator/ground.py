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
_MOST = 2_000_000  # bytes; the checks refuse a tenth of it
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
    """The names and bytes of files and of all files in folders; links and other strange things by name."""
    found = [(path.relative_to(root.parent), path) for root in roots for path in _files(root)]
    names = (name.as_posix().encode("utf-8", "surrogateescape") for name, _ in found)
    return digest(
        *(part for pair in zip(names, found, strict=True) for part in (pair[0], _bytes(pair[1][1])))
    )


def _files(root: Path) -> Iterable[Path]:
    found = [root] if root.is_file() else sorted(root.rglob("*"))
    return [one for one in found if "__pycache__" not in one.parts]


def _bytes(path: Path) -> bytes:
    """What a file holds; of one that is too big for any content, when and how large it was written."""
    if path.is_symlink() or not path.is_file():
        return b""
    told = path.stat()
    return path.read_bytes() if told.st_size <= _MOST else f"{told.st_size} {told.st_mtime_ns}".encode()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
