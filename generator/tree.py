"""The only writer: files into a folder, changed ones only, strays deleted.

In: a folder of our own and the texts and bytes that belong there. Out: that folder with exactly these
files. A file is replaced in one move, so that a reader never meets half of one. It does not know what they
say.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Iterator, MutableMapping
from pathlib import Path, PurePosixPath


class Gone(KeyError, OSError):
    """A text is not there: never written, or deleted by somebody while we work, which the command tells in one line."""

    def __str__(self) -> str:
        return f"{self.args[0]} is not in the folder of page texts"


class Folder(MutableMapping[str, str]):
    """The texts in a folder of our own, by relative path; writes only what changes, each in one move."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, path: str) -> str:
        try:
            return (self.folder / path).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise Gone(path) from None

    def __setitem__(self, path: str, text: str) -> None:
        self.put(path, text)

    def put(self, path: str, content: str | bytes) -> None:
        """Write a text or bytes, if they differ from what stands there; ValueError for a path outside."""
        _refuse_outside(path)
        self._make_way(path)
        write(self.folder / path, content)

    def _make_way(self, path: str) -> None:
        """No link and no file where a folder belongs, and no folder where the file belongs."""
        self._unlink()
        for part in (*reversed(PurePosixPath(path).parents[:-1]), PurePosixPath(path)):
            found = self.folder / part
            if found.is_symlink() or (found.is_dir() if str(part) == path else found.is_file()):
                remove(found)

    def __delitem__(self, path: str) -> None:
        remove(self.folder / path)

    def __iter__(self) -> Iterator[str]:
        return iter(found_in(self.folder))

    def __len__(self) -> int:
        return len(found_in(self.folder))

    def _unlink(self) -> None:
        """The folder is ours: a link in its place is taken away, and what it leads to is left alone."""
        if self.folder.is_symlink():
            self.folder.unlink()

    def keep_only(self, paths: Container[str]) -> None:
        """Delete all files but these."""
        self._unlink()
        for path in self:
            if path not in paths:
                del self[path]
        _remove_empty(self.folder)


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all that it holds."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _refuse_outside(path: str) -> None:
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError(f'"{path}" leaves the folder')


def write(path: Path, content: str | bytes) -> bool:
    """Write a file if its content differs, through a neighbour and one rename; tells whether it did."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.new")
    neighbour.write_bytes(data)
    neighbour.replace(path)
    return True


def found_in(folder: Path) -> list[str]:
    """The names of all files and links in a folder and below it; a link to a folder is not followed."""
    found: list[str] = []
    for top, folders, names in os.walk(folder):
        below = f"{top}/".removeprefix(f"{folder}/")
        links = [one for one in folders if (Path(top) / one).is_symlink()]
        found += [below + name for name in (*names, *links)]
    return sorted(found)


def _remove_empty(folder: Path) -> None:
    for top, _, _ in os.walk(folder, topdown=False):
        if Path(top) != folder and not any(Path(top).iterdir()):
            Path(top).rmdir()
