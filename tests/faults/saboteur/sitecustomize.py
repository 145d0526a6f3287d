"""Makes a disk fault happen at a chosen change to the disk, in a command that knows nothing of it.

In: `SABOTAGE`, "count", "kill@12" or "full@12"; the project's folder; a file that counts for all processes of the
command. Out: with "kill" the whole process group dies at that change, with "full" no file can be made from there
on. Python loads this file by its name, when its folder is on PYTHONPATH.
"""

from __future__ import annotations

import errno
import os
import signal
import sys

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"}
_WANT, _, _AT = os.environ["SABOTAGE"].partition("@")
_ROOT = os.environ["SABOTAGE_ROOT"].rstrip("/") + "/"
_COUNTER = os.open(os.environ["SABOTAGE_COUNTER"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
os.set_inheritable(_COUNTER, True)


def _makes(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether a file or a folder would be made."""
    flags = arguments[2] if event == "open" and len(arguments) > 2 else 0
    return event == "os.mkdir" or (isinstance(flags, int) and bool(flags & _WRITES))


def _is_here(path: object) -> bool:
    text = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else ""
    return bool(text) and (text.startswith(_ROOT) or not text.startswith("/"))


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    made = _makes(event, arguments)
    swaps = event == "ctypes.dlsym" and arguments[1] in ("renameat2", "renamex_np")
    if not (swaps or ((made or event in _CHANGES) and _is_here(arguments[0]))):
        return
    os.write(_COUNTER, b".")
    number = os.fstat(_COUNTER).st_size
    if _WANT == "kill" and number >= int(_AT):
        os.killpg(0, signal.SIGKILL)
    if _WANT == "full" and number >= int(_AT) and made:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fsdecode(arguments[0]))  # type: ignore[arg-type]


sys.addaudithook(_watch)
