"""Style sheets and scripts: bundled, minified, and named by their content.

In: the sources below `site_overrides/assets/`, by path. Out: files by their path on the site, which of them a
page loads, and the one script that stands inside every page. It reads no file and knows no page's words.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rcssmin import cssmin
from rjsmin import jsmin

from generator.problems import Position, Problem

# Each in the order in which its parts count. A part whose name ends in "print" is for paper alone.
STYLES = {
    "base": ("tokens", "frame", "search", "page", "checklist", "offline", "print"),
    "letter": ("letter", "letter-print"),
}
_ON_PAPER = ("element", "store", "storage-notice", "print")
SCRIPTS = {
    "ticks": (*_ON_PAPER, "checklist-state", "checklist"),
    "letter": (*_ON_PAPER, "letter-tree", "letter-state", "letter-fields", "letter"),
    "offline": ("offline",),
    "offline-page": ("element", "offline", "offline-status"),
    "search": ("element", "vendor/minisearch", "search-state", "search"),
}
# Not in the page's head: boot.js loads them when they are needed.
LATER = ("search", "offline")


@dataclass(frozen=True)
class Assets:
    """What the pages load; empty where a project has no frame of its own."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """By their path on the site."""
    styles: Mapping[str, str] = field(default_factory=dict)
    """Bundle name to path."""
    scripts: Mapping[str, str] = field(default_factory=dict)
    """Bundle name to path."""
    boot: str = ""
    """The script inside every page, the same bytes in all of them."""

    @property
    def boot_hash(self) -> str:
        """The boot script as a source of a content security policy, without its quotes."""
        digest = hashlib.sha256(self.boot.encode()).digest()
        return f"sha256-{base64.b64encode(digest).decode()}" if self.boot else ""

    @property
    def later(self) -> dict[str, str]:
        """The bundles that no page loads at once, by name."""
        return {name: path for name, path in self.scripts.items() if name in LATER}

    def styles_of(self, kind: str) -> list[str]:
        """The paths of the style sheets of a kind of page."""
        return [path for name, path in self.styles.items() if name in ("base", kind)]

    def scripts_of(self, bundles: Iterable[str]) -> list[str]:
        """The paths of these script bundles, as far as they are there."""
        return [self.scripts[name] for name in bundles if name in self.scripts]


NONE = Assets()


def assets(sources: Mapping[str, bytes]) -> Assets | Problem:
    """All assets from their sources; a problem when a part of a bundle is missing or cannot be used."""
    try:
        return _assets(sources) if sources else NONE
    except _Fault as fault:
        path, what, instead = fault.args
        return Problem(f"site_overrides/assets/{path}", Position(1), what, instead, "asset")


class _Fault(Exception):
    """Path, what is wrong, what to do instead."""


def _assets(sources: Mapping[str, bytes]) -> Assets:
    styles = {name: _style(sources, parts) for name, parts in STYLES.items()}
    scripts = {name: _script(sources, parts) for name, parts in SCRIPTS.items()}
    files = {f"assets/{path}": data for path, data in sources.items() if path.startswith("images/")}
    style_paths = {name: _named(name, "css", data) for name, data in styles.items()}
    script_paths = {name: _named(name, "js", data) for name, data in scripts.items()}
    files |= {style_paths[name]: data for name, data in styles.items()}
    files |= {script_paths[name]: data for name, data in scripts.items()}
    return Assets(files, style_paths, script_paths, _boot(sources))


def _style(sources: Mapping[str, bytes], parts: Iterable[str]) -> bytes:
    texts = ((part, _text(sources, f"stylesheets/{part}.css")) for part in parts)
    return "".join(_minified_style(text, paper=part.endswith("print")) for part, text in texts).encode()


def _minified_style(text: str, *, paper: bool) -> str:
    rules = str(cssmin(text))
    return f"@media print{{{rules}}}" if paper else rules


def _script(sources: Mapping[str, bytes], parts: Iterable[str]) -> bytes:
    texts = (_text(sources, f"javascripts/{part}.js") for part in parts)
    return "".join(f"{jsmin(text, keep_bang_comments=True).strip()}\n" for text in texts).encode()


def _boot(sources: Mapping[str, bytes]) -> str:
    text = str(jsmin(_text(sources, "javascripts/boot.js"))).strip()
    if "</" in text or "<!--" in text:
        what = "this script stands inside every page, where </ and <!-- end it"
        raise _Fault("javascripts/boot.js", what, "write it without them")
    return text


def _text(sources: Mapping[str, bytes], path: str) -> str:
    if path not in sources:
        raise _Fault(path, "this file is missing", "put it back, or take its name out of generator/assets.py")
    try:
        return sources[path].decode("utf-8")
    except UnicodeDecodeError:
        raise _Fault(path, "this file is not UTF-8 text", "save it as UTF-8") from None


def _named(name: str, suffix: str, data: bytes) -> str:
    """A path that changes with the content, so that a browser may keep the file for ever."""
    return f"assets/{name}.{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"
