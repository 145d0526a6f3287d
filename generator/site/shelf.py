"""Shelf: the new site folder while it is being filled, and the record of what stands in the old one.

In: names, bytes, and a key for what each file was made from. Out: a whole folder, and its index. A file
of the old site whose key is the same, and that nobody has touched, is taken over as it is. It does not
know what the files are.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from generator.tree import found_in, write

Mark = tuple[str, int, int]
"""The key of what a file was made from, its size, and when it was written in nanoseconds."""


@dataclass(frozen=True)
class Index:
    """What a published site was made from, and the files that were put there."""

    inputs: str = ""
    pages: int = 0
    files: dict[str, Mark] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Index:
        """The index of the last build; an empty one when there is none that can be read."""
        try:
            said = json.loads(path.read_text("utf-8"))
            files = said["files"].items()
            marks = {str(name): (str(key), int(size), int(at)) for name, (key, size, at) in files}
            return cls(str(said["inputs"]), int(said["pages"]), marks)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls()

    def write(self, path: Path) -> None:
        """Keep the index for the next build."""
        write(path, json.dumps({"inputs": self.inputs, "pages": self.pages, "files": self.files}))

    def stands_in(self, site: Path) -> bool:
        """Whether these files are what stands in a folder; others may stand beside them."""
        return bool(self.files) and all(_untouched(site / name, mark) for name, mark in self.files.items())


@dataclass
class Shelf:
    """A new folder beside the old site; `files` says what has been put there."""

    folder: Path
    site: Path
    old: Index
    files: dict[str, Mark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)

    def put(self, name: str, data: bytes, key: str) -> None:
        """Write a file; the old one is taken over when its key is the same."""
        if self.link(name, key):
            return
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(data)
        self._mark(name, key)

    def link(self, name: str, key: str) -> bool:
        """Take a file over from the old site, if it was made from the same and is as it was written."""
        mark = self.old.files.get(name)
        if mark is None or mark[0] != key or not _untouched(self.site / name, mark):
            return False
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.site / name, path)
        except OSError:  # a file system without links, or another one
            return False
        self._mark(name, key)
        return True

    def keep_foreign(self) -> list[str]:
        """Take over what no build put into the old site, such as a host's own files; returns the names."""
        ours = {*self.old.files, *self.files}
        foreign = [name for name in found_in(self.site) if name not in ours] if self.old.files else []
        for name in foreign:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(self.site / name, path, follow_symlinks=False)
        return foreign

    def refuse_gaps(self) -> None:
        """Raises OSError when something that was put here is gone, so that no half is exchanged for the old site."""
        for name, mark in self.files.items():
            if not _untouched(self.folder / name, mark):
                raise OSError(f"{name} went while the site was made: build again")

    def _mark(self, name: str, key: str) -> None:
        found = (self.folder / name).stat()
        self.files[name] = (key, found.st_size, found.st_mtime_ns)


def _untouched(path: Path, mark: Mark) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) == mark[1:] and not path.is_symlink()
