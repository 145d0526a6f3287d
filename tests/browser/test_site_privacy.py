"""Privacy, proved: what is typed goes nowhere, and nobody else is asked for anything."""

from __future__ import annotations

import io
import re
import socketserver
import threading
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from addresses import Site
from built_site import BuiltSite
from everything import FIELDS, use_everything
from page_kinds import covering
from playwright.sync_api import Browser, BrowserContext, Page, Request
from web_servers import WebServer, nginx

from generator.policy import fetched, is_elsewhere, refused

pytestmark = pytest.mark.browser

CANARY = "canary4711"


# ---- in the files: nothing that a browser would fetch from elsewhere

_CSS = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""", re.IGNORECASE)
_TEXT_IN_SCRIPT = re.compile(r"""(['"`])\s*((?:(?:https?|wss?|ftp):)?//[^'"`\s]*)""", re.IGNORECASE)
_SVG = re.compile(r"""(?:href|src)\s*=\s*['"]([^'"]*)|url\(\s*['"]?([^'")]+)""", re.IGNORECASE)
NAMES_NOT_ADDRESSES = ("http://www.w3.org/",)
"""Namespaces of SVG and XML look like addresses, and no browser opens them."""


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text file of the site, and of every zip in it, by path."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
                yield from (
                    (f"{path.name}/{name}", readable(packed.read(name))) for name in packed.namelist()
                )
        elif path.is_file():
            yield path.relative_to(folder).as_posix(), readable(path.read_bytes())


def readable(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


def references(path: str, text: str) -> list[str]:
    """What a browser would fetch by itself because this file says so."""
    end = path.rpartition(".")[2]
    if end == "html":
        return fetched(text)
    if end == "css":
        return ["".join(pair) for pair in _CSS.findall(text)]
    if end == "svg":
        return ["".join(pair) for pair in _SVG.findall(text)]
    if end in {"js", "webmanifest"}:
        return [address for _, address in _TEXT_IN_SCRIPT.findall(text)]
    return []


def elsewhere(path: str, text: str) -> list[str]:
    return [
        url for url in references(path, text) if is_elsewhere(url) and not url.startswith(NAMES_NOT_ADDRESSES)
    ]


def test_no_file_of_the_site_fetches_anything_from_elsewhere(built: BuiltSite) -> None:
    seen = {path: elsewhere(path, text) for path, text in contents(built.folder)}
    assert {path.rpartition(".")[2] for path in seen} >= {"html", "css", "js", "svg"}
    assert {path: urls for path, urls in seen.items() if urls} == {}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.html", '<img src="https://a.example/x.png">'),
        ("x.html", '<link rel="preconnect" href="//a.example">'),
        ("x.css", "a { background: url('https://a.example/x.png') }"),
        ("x.css", '@import "//a.example/x.css";'),
        ("x.svg", '<svg><image href="https://a.example/x.png"/></svg>'),
        ("x.js", 'fetch("https://a.example/collect")'),
        ("x.js", "importScripts('//a.example/x.js')"),
        ("x.js", "new WebSocket(`wss://a.example`)"),
        ("x.webmanifest", '{"start_url": "https://a.example/"}'),
    ],
)
def test_what_would_be_fetched_from_elsewhere_is_found(path: str, text: str) -> None:
    assert len(elsewhere(path, text)) == 1


_WAYS_OUT = re.compile(
    r"\b(XMLHttpRequest|WebSocket|EventSource|WebTransport|RTCPeerConnection|sendBeacon|document\.cookie"
    r"|indexedDB|window\.open|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function)"
)


def test_no_script_has_a_way_to_send_to_keep_a_cookie_or_to_make_markup(built: BuiltSite) -> None:
    scripts = [(path, text) for path, text in contents(built.folder) if path.endswith(".js")]
    assert scripts
    assert {path: ways for path, text in scripts if (ways := _WAYS_OUT.findall(text))} == {}


def test_no_page_holds_what_its_policy_would_refuse(built: BuiltSite) -> None:
    for path, text in contents(built.folder):
        if path.endswith(".html"):
            told = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
            assert told, f"{path} has no policy"
            assert refused(text, re.findall(r"sha256-[\w+/]+=", told[1])) == [], path
            before = text[: told.start()]
            assert "<script" not in before and "<link" not in before, f"{path}: the policy comes too late"


# ---- at run time: nobody else is asked, and the canary is in nothing that is sent


class _Elsewhere(socketserver.ThreadingTCPServer):
    """The rest of the Internet: a proxy that notes what was asked of it, and answers nothing."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Note)


class _Note(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, _Elsewhere)
        self.server.asked.append(self.rfile.readline(4096).decode("latin-1").strip())


# Chromium asks its maker how to fill in forms, by hashes of their fields' names and on no page's behalf.
# What a page itself asks for is among its requests, whoever it asks.
BROWSERS_OWN = "CONNECT content-autofill.googleapis.com:443 "


class Walk:
    """What was seen on a walk: every request with its headers, every address and title, every window."""

    def __init__(self, context: BrowserContext, outside: _Elsewhere, server: WebServer) -> None:
        self.context, self.outside, self.server = context, outside, server
        self.requests: list[str] = []
        self.seen: list[str] = []
        self.windows: list[str] = []
        context.on("request", self._note)
        context.on("page", lambda page: self.windows.append(page.url))

    def _note(self, request: Request) -> None:
        parts = [
            request.method,
            request.url,
            *map(": ".join, request.headers.items()),
            request.post_data or "",
        ]
        self.requests.append("\n".join(parts))

    def settle(self, page: Page) -> None:
        """Wait until nothing more comes, such as pages to be kept for later; then forget what came."""
        before = -1
        while before != len(self.requests):
            before = len(self.requests)
            page.wait_for_timeout(2_000)
        self.requests.clear()

    def look(self, page: Page) -> None:
        """Note what the page shows of itself to the browser and to other pages."""
        self.seen += [page.url, page.title(), page.evaluate("document.cookie + name + document.referrer")]

    def foreign(self) -> list[str]:
        """Requests to anybody but our own server, by pages, workers, and the browser on their behalf."""
        own = (self.server.address, "blob:", "data:")
        asked = [line.split("\n")[1] for line in self.requests]
        others = [url for url in asked if not url.startswith(own)]
        return others + [line for line in self.outside.asked if not line.startswith(BROWSERS_OWN)]

    def told(self) -> list[str]:
        """All that left the pages, as the server and the browser wrote it down."""
        log = self.server.log.read_text().splitlines()
        return [
            unquote(line) for line in [*self.requests, *self.seen, *self.windows, *self.outside.asked, *log]
        ]


@contextmanager
def walking(browser: Browser, built: BuiltSite, folder: Path | None = None) -> Iterator[Walk]:
    """A fresh profile on our server, with everything else behind a proxy that listens."""
    conf = (built.root / ".build" / "hosting" / "nginx.conf").read_text()
    with _Elsewhere() as outside, nginx(conf, folder or built.folder, logged=True) as server:
        threading.Thread(target=outside.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        proxy = f"http://127.0.0.1:{outside.server_address[1]}"
        context = browser.new_context(proxy={"server": proxy, "bypass": "127.0.0.1"})
        context.set_default_timeout(10_000)
        yield Walk(context, outside, server)
        context.close()
        outside.shutdown()


def use_all(walk: Walk, site: Site, urls: Iterable[str]) -> dict[str, int]:
    """Use everything on these pages; returns the fields that took the canary on each."""
    fields: dict[str, int] = {}
    page = walk.context.new_page()
    for url in urls:
        page.goto(site.at(url), wait_until="load")
        before = page.evaluate("history.length")
        fields[url] = use_everything(page, CANARY)
        walk.look(page)
        assert page.url.partition("#")[0] == site.at(url)
        assert page.evaluate("history.length") == before, url
    page.wait_for_timeout(1_000)  # for what a script would send late, when the page is idle
    page.close(run_before_unload=False)
    return fields


@pytest.fixture(scope="module")
def walk(browser: Browser, built: BuiltSite) -> Iterator[tuple[Walk, dict[str, int]]]:
    """One walk over every page with everything used, and the fields that took the canary on each."""
    with walking(browser, built) as walk:
        site = Site(walk.server.address, built.folder)
        yield walk, use_all(walk, site, site.pages)


def test_all_requests_of_all_pages_with_everything_used_go_to_our_own_server(
    walk: tuple[Walk, dict[str, int]],
) -> None:
    seen, fields = walk
    assert len(seen.requests) > 2 * len(fields), "each page and its style sheet"
    assert seen.foreign() == []


def test_what_is_typed_into_any_field_is_in_no_request_address_title_referrer_or_cookie(
    walk: tuple[Walk, dict[str, int]],
) -> None:
    seen, fields = walk
    assert sum(fields.values()) >= 10, "the canary was typed nowhere"
    assert [line for line in seen.told() if CANARY in line.lower()] == []


def test_nothing_is_sent_but_requests_for_files(walk: tuple[Walk, dict[str, int]]) -> None:
    seen, _ = walk
    log = [line.split('"') for line in seen.server.log.read_text().splitlines()]
    assert log
    for request, referrer, _, cookie, *_ in log:
        method, address, _ = request.split()
        assert method in {"GET", "HEAD"}, request
        assert not urlsplit(address).query, request
        # The worker loads the whole site under its own name, whatever its reader has open.
        assert referrer in {"-", f"{seen.server.address}sw.js"}, "a page says where its reader came from"
        assert cookie == "-"


def test_there_are_no_cookies_and_no_windows(walk: tuple[Walk, dict[str, int]]) -> None:
    seen, _ = walk
    assert seen.context.cookies() == []
    assert seen.windows == ["about:blank"], "only the window of the test itself"


def test_from_a_folder_nobody_is_asked_and_the_canary_is_nowhere_either(
    browser: Browser, built: BuiltSite, unpacked: Site
) -> None:
    """One page of each kind: they have the same elements and scripts as those of the other walk."""
    with walking(browser, built) as walk:
        fields = use_all(walk, unpacked, covering(unpacked))
        assert sum(fields.values()) > 0, "the canary was typed nowhere"
        assert [url for url in walk.foreign() if not url.startswith(unpacked.base)] == []
        assert walk.server.log.read_text() == ""
        assert [line for line in walk.told() if CANARY in line.lower()] == []
        assert walk.context.cookies() == []
        assert walk.windows == ["about:blank"], "only the window of the test itself"


def test_a_page_that_would_tell_is_caught(browser: Browser, built: BuiltSite, tmp_path: Path) -> None:
    """The nets have no holes: each way out that the other tests deny is seen when it is taken."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>x</title><img src='http://elsewhere.example/seen.png'>"
        "<link rel=stylesheet href='https://secure.example/x.css'>"
    )
    with walking(browser, built, tmp_path) as walk:
        # Without the policy, or nothing would leave at all.
        walk.context.route(
            walk.server.address,
            lambda route: route.fulfill(path=tmp_path / "index.html", content_type="text/html"),
        )
        page = walk.context.new_page()
        page.goto(walk.server.address, wait_until="load")
        page.evaluate(f"document.cookie = 'a={CANARY}'; document.title = '{CANARY}'")
        page.evaluate(f"fetch('/?q={CANARY}', {{method: 'POST', body: '{CANARY}'}}).catch(() => 0)")
        page.evaluate("window.open('about:blank')")
        page.wait_for_timeout(500)
        walk.look(page)
        assert {"http://elsewhere.example/seen.png", "https://secure.example/x.css"} <= set(walk.foreign())
        assert any("elsewhere.example" in line for line in walk.outside.asked)
        assert any("CONNECT secure.example" in line for line in walk.outside.asked)
        assert len([line for line in walk.told() if CANARY in line]) >= 4
        assert f"a={CANARY}" in walk.server.log.read_text()
        assert len(walk.windows) == 2
        assert walk.context.cookies() != []


# ---- what the page about privacy tells readers to try


def holding(built: BuiltSite, tag: str) -> list[str]:
    """The pages that hold an element, of which there is at least one."""
    found = [url for url in built.urls if f"<{tag}" in built.page(url).read_text("utf-8")]
    assert found, f"no page holds <{tag}>"
    return found


SHOWN = f"""[...document.querySelectorAll("letter-form *")].some((one) => !one.children.length
  && one.textContent.includes("{CANARY}") && one.checkVisibility())"""


def test_a_letter_can_be_filled_in_airplane_mode(browser: Browser, built: BuiltSite) -> None:
    with walking(browser, built) as walk:
        for url in holding(built, "letter-form"):
            page = walk.context.new_page()
            page.goto(walk.server.address + url, wait_until="networkidle")
            walk.context.set_offline(True)
            assert not page.evaluate(SHOWN)
            for field in page.locator(f"letter-form :is({FIELDS})").all():
                field.fill(CANARY)
            page.wait_for_function(SHOWN)
            walk.context.set_offline(False)
            page.close()


def test_the_network_stays_empty_while_letters_are_filled_and_lines_are_ticked(
    browser: Browser, built: BuiltSite
) -> None:
    with walking(browser, built) as walk:
        page = walk.context.new_page()
        for url in {*holding(built, "letter-form"), *holding(built, "check-list")[:2]}:
            page.goto(walk.server.address + url, wait_until="load")
            walk.settle(page)
            use_everything(page, CANARY, within="main")
            page.wait_for_timeout(200)
            assert [line for line in walk.requests if "blob:" not in line] == [], url


def test_the_page_about_privacy_names_buttons_that_are_there(built: BuiltSite) -> None:
    """What it quotes with a capital letter is ours; words of a browser are quoted in small letters."""
    text = built.page("privacy/").read_text("utf-8")
    quoted = set(re.findall(r"(?:&quot;|“)([A-Z][^“”&]{5,80})(?:&quot;|”)", text))
    assert len(quoted) >= 3
    others = " ".join(built.page(url).read_text("utf-8") for url in built.urls if url != "privacy/")
    assert [words for words in sorted(quoted) if words not in others] == []
