"""Exchange: the new folder takes the place of the published one, at one moment.

In: two folders. Out: the new one where the old one was. A place that is a link or a file is refused, so that
nothing outside is touched. It looks into neither folder.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

# Linux: renameat2(…, RENAME_EXCHANGE), since 3.15; macOS: renamex_np(…, RENAME_SWAP), since 10.12.
# Python (3.14) offers neither, and between two renames there is a moment without a site.
_HERE = -100  # AT_FDCWD
_SWAP = 2  # the value of RENAME_EXCHANGE and of RENAME_SWAP
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a kernel or a file system answers that knows no exchange."""


def exchange(new: Path, site: Path, aside: Path | None = None) -> None:
    """Put `new` where `site` is; the old folder goes, or is kept as `aside`."""
    refuse_strange(site)
    if not site.exists():
        new.rename(site)
        return
    if aside:  # the new folder stands there first, so that the old one is never where a build clears up
        shutil.rmtree(aside, ignore_errors=True)
        new = new.rename(aside)
    try:
        _swap(new, site)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        _in_three_moves(new, site)
    if not aside:
        shutil.rmtree(new, ignore_errors=True)


def refuse_strange(site: Path) -> None:
    """FileExistsError when a link or a file stands where a folder belongs."""
    if site.is_symlink():
        raise FileExistsError(
            f"{site.name} is a link to another place; take the link out, or put a folder there"
        )
    if site.exists() and not site.is_dir():
        raise FileExistsError(f"{site.name} is a file; take it away, a folder belongs there")


def _swap(one: Path, other: Path) -> None:
    """Two names change places in one system call; OSError where that is not possible."""
    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        call, arguments = getattr(library, "renamex_np", None), (*paths, _SWAP)
    else:
        call, arguments = getattr(library, "renameat2", None), (_HERE, paths[0], _HERE, paths[1], _SWAP)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def _in_three_moves(new: Path, site: Path) -> None:
    """The same where a file system cannot: for a moment there is no site."""
    old = new.with_name(f"{new.name}-old")
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    old.rename(new)
