"""Exchange: a finished folder takes the place of the published one, at one moment.

In: the new folder and the place where the site stands. Out: the new one there, and the old one where the
new one was made. It refuses a place that is no folder of ours. It does not know what a site is made of.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

# Linux: renameat2(…, RENAME_EXCHANGE), since 3.15; macOS: renamex_np(…, RENAME_SWAP), since 10.12. Python has
# neither (3.14), and two renames leave a moment in which there is no site.
_HERE = -100  # AT_FDCWD
_SWAP = 2  # the number of RENAME_EXCHANGE and of RENAME_SWAP
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a kernel or a file system says that knows no exchange."""


def exchange(new: Path, site: Path) -> None:
    """`new` takes the place of `site`; what stood there stands at `new` afterwards, or nothing does."""
    refuse_strange(site)
    if not site.exists():
        new.rename(site)
        return
    try:
        _swap(new, site)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        _in_three_moves(new, site)


def refuse_strange(site: Path) -> None:
    """FileExistsError for a link, a file or a repository: what is not ours is not followed, nor removed."""
    if site.is_symlink():
        raise FileExistsError(
            f"{site.name} is a link to another place; take the link out, or build elsewhere"
        )
    if site.exists() and not site.is_dir():
        raise FileExistsError(f"{site.name} is a file; take it away, a folder belongs there")
    if (site / ".git").exists():
        raise FileExistsError(f"{site.name}/ is a repository; move it away, all in {site.name}/ is replaced")


def aside(new: Path) -> Path:
    """Where the old site stands for a moment when the file system knows no exchange."""
    return new.with_name(f"{new.name}-old")


def _swap(one: Path, other: Path) -> None:
    """Both names change places in one system call; OSError when that is not possible here."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        call, arguments = getattr(library, "renamex_np", None), (os.fsencode(one), os.fsencode(other), _SWAP)
    else:
        call = getattr(library, "renameat2", None)
        arguments = (_HERE, os.fsencode(one), _HERE, os.fsencode(other), _SWAP)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))


def _in_three_moves(new: Path, site: Path) -> None:
    old = aside(new)
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    old.rename(new)
