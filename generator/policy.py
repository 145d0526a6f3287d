"""What a browser may do with our pages: the policies as data, and what of a page they would refuse.

In: hashes of inline scripts, or the text of a built page. Out: header values, hashes, and refusals as
sentences. Every host's file and the policy inside each page come from here. It opens no file, and knows no
host and no page by name.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from html.parser import HTMLParser
from typing import Final

CONTENT_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "undelivered",
}
HEADER_ONLY: Final = {"frame-ancestors"}
"""Directives that a browser ignores, with a warning, when they stand in a page."""

# Off even for our own pages. Only names that browsers know: each unknown one is a warning in the console.
FEATURES_OFF: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
FEATURES_OURS: Final = ("clipboard-write",)
"""What a page of ours does use: the copy button of a letter."""

REFERRER: Final = "no-referrer"
"""Not `same-origin`: our own server has no use for the page that a reader came from either."""

HEADERS: Final = {
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in FEATURES_OFF), *(f"{name}=(self)" for name in FEATURES_OURS)]
    ),
    "Referrer-Policy": REFERRER,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "X-DNS-Prefetch-Control": "off",  # or the names of linked sites are looked up before a click
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
}
"""Sent with every answer, beside the Content-Security-Policy."""

TRANSPORT: Final = ("Strict-Transport-Security", "max-age=31536000")
"""Only for a host that will have https for a year to come: a browser that saw it opens nothing else."""


def policy(scripts: Iterable[str], styles: Iterable[str] = (), *, in_page: bool) -> str:
    """The Content-Security-Policy for these inline hashes; `in_page` is the form for a meta element."""
    hashes = {"script-src": _quoted(scripts), "style-src": _quoted(styles)}
    return "; ".join(
        " ".join([name, value, *hashes.get(name, [])])
        for name, value in CONTENT_POLICY.items()
        if not (in_page and name in HEADER_ONLY)
    )


def headers(scripts: Iterable[str], styles: Iterable[str] = ()) -> dict[str, str]:
    """Every header that an answer carries, apart from its Cache-Control."""
    return {"Content-Security-Policy": policy(scripts, styles, in_page=False), **HEADERS}


_HASH = re.compile(r"sha(?:256-[A-Za-z0-9+/]{43}=|384-[A-Za-z0-9+/]{64}|512-[A-Za-z0-9+/]{86}==)")


def _quoted(hashes: Iterable[str]) -> list[str]:
    """Hash sources in quotes, sorted, each once; ValueError for anything else, such as 'unsafe-inline'."""
    bare = {one.strip().strip("'") for one in hashes}
    if wrong := sorted(one for one in bare if not _HASH.fullmatch(one)):
        raise ValueError(f"not a hash source: {wrong[0]}")
    return sorted(f"'{one}'" for one in bare)


def hash_source(text: str) -> str:
    """The hash source of an inline script or style, as a browser computes it."""
    # The parser of a browser has no carriage returns: they were line feeds when the hash is taken.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


# Reading a page whole costs milliseconds, and there are thousands: this finds the same, as a test holds.
_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)


def inline_hashes(html: str) -> tuple[frozenset[str], frozenset[str]]:
    """Hash sources of the inline scripts that a browser would run, and of the inline styles, of a page."""
    found = [_inline_hash(*one.groups()) for one in _INLINE.finditer(html)]
    return (
        frozenset(source for kind, source in found if kind == "script"),
        frozenset(source for kind, source in found if kind == "style"),
    )


@lru_cache(maxsize=256)
def _inline_hash(tag: str, attributes: str, text: str) -> tuple[str, str]:
    """The kind and the hash of one inline element; no kind for data, and for scripts in files."""
    read = _Read.of(f"<{tag}{attributes}></{tag}>")
    kind = "script" if read.scripts else "style" if read.styles else ""
    return kind, hash_source(text) if kind else ""


def refused(html: str, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> list[str]:
    """What the policy with these hashes would refuse in a page, as "line 3: what", in the page's order."""
    read = _Read.of(html)
    known = {one.strip().strip("'") for one in (*scripts, *styles)}
    unknown = [
        (one.line, f"inline {one.kind} without its hash: {one.text.strip()[:60]}")
        for one in (*read.scripts, *read.styles)
        if hash_source(one.text) not in known
    ]
    return [f"line {line}: {what}" for line, what in sorted([*read.refused, *unknown])]


# ---- reading a page

_JAVASCRIPT = re.compile(
    r"(?:(?:application|text)/(?:x-)?(?:java|ecma)script"
    r"|text/(?:jscript|livescript|javascript1\.[0-5])|module|importmap|speculationrules)?"
)
"""Types of a script element that are run or obeyed, and so need a hash; all others are data."""

_LINKED = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcdoc", "background"}
_FETCHED = {
    "src",
    "srcset",
    "imagesrcset",
    "poster",
    "data",
    "background",
    "ping",
    "manifest",
    "attributionsrc",
}
_FETCHED_BY_HREF = {"use", "image", "feimage"}
_FRAMES = {"iframe", "frame", "object", "embed", "applet", "portal", "fencedframe"}
_LINKS_NOT_FETCHED = {"canonical", "alternate", "author", "license", "help", "next", "prev", "me", "nofollow"}
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|\\\\|/\\|\\/)", re.IGNORECASE)
_SPACES = re.compile(r"[\x00-\x20]+")


@dataclass(frozen=True)
class _Inline:
    kind: str
    line: int
    text: str


@dataclass
class _Read(HTMLParser):
    """One pass over a page: inline scripts and styles, and what no hash could allow."""

    scripts: list[_Inline] = field(default_factory=list)
    styles: list[_Inline] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    _open: str = ""
    _line: int = 0
    _text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, html: str) -> _Read:
        """A whole page, read."""
        read = cls()
        read.feed(html)
        read.close()
        return read

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note an inline element that begins, and every attribute that is refused."""
        given = {name: value or "" for name, value in attributes}
        line = self.getpos()[0]
        self._open, self._line, self._text = _inline_kind(tag, given), line, []
        self.refused += [(line, what) for what in _refused_in(tag, given)]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """A slash at the end of a tag ends nothing in HTML, and has no text in SVG."""
        self.handle_starttag(tag, attributes)
        self._open = ""

    def handle_data(self, text: str) -> None:
        """Collect the text of an inline element; it may come in pieces."""
        if self._open:
            self._text.append(text)

    def handle_endtag(self, tag: str) -> None:
        """Keep the inline element that ends."""
        if self._open == tag:
            found = _Inline(tag, self._line, "".join(self._text))
            (self.scripts if tag == "script" else self.styles).append(found)
        self._open = ""


def _inline_kind(tag: str, given: dict[str, str]) -> str:
    if tag == "style":
        return tag
    kind = given.get("type", "").strip().lower()
    runs = tag == "script" and not {"src", "href", "xlink:href"} & given.keys()
    return tag if runs and _JAVASCRIPT.fullmatch(kind) else ""


def _refused_in(tag: str, given: dict[str, str]) -> Iterator[str]:
    """What of one tag the policy refuses, whatever hashes it holds."""
    if tag == "base":
        yield "<base> changes where every link leads"
    if tag in _FRAMES:
        yield f"<{tag}> frames something"
    if tag == "meta" and given.get("http-equiv", "").strip().lower() == "refresh":
        yield "<meta http-equiv=refresh> sends the reader away"
    for name, value in given.items():
        if name.startswith("on"):
            yield f"handler in an attribute: {name}"
        if name == "style":
            yield "style in an attribute"
        if name in _LINKED and _SPACES.sub("", value).lower().startswith("javascript:"):
            yield f"script in an address: {name}"
        if name in {"action", "formaction"} and value:
            yield f"a form that would be sent: {name}"
    yield from (f"fetched from elsewhere: {url}" for url in _fetched_by(tag, given) if is_elsewhere(url))


def is_elsewhere(url: str) -> bool:
    """Whether an address names a scheme or host of its own; data in the address itself is here."""
    bare = _SPACES.sub("", url)
    return bool(_ELSEWHERE.match(bare)) and not bare.lower().startswith("data:image/")


def fetched(html: str) -> list[str]:
    """Every address that a browser would fetch by itself while it shows a page; links to click are none."""
    found: list[str] = []

    class _Fetched(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            found.extend(_fetched_by(tag, {name: value or "" for name, value in attributes}))

    _Fetched().feed(html)
    return found


def _fetched_by(tag: str, given: dict[str, str]) -> Iterator[str]:
    """The addresses that one tag fetches, or lets a browser look up."""
    for name in sorted(_FETCHED & given.keys()):
        several = name in {"srcset", "imagesrcset"}
        pieces = given[name].split(",") if several and "data:" not in given[name] else [given[name]]
        yield from (piece.split()[0] if several else piece for piece in pieces if piece.strip())
    href = given.get("href", given.get("xlink:href", ""))
    rels = set(given.get("rel", "").lower().split())
    if href and (tag in _FETCHED_BY_HREF or (tag == "script")):
        yield href
    if href and tag == "link" and (not rels or rels - _LINKS_NOT_FETCHED):
        yield href
