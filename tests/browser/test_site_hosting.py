"""The built site as real web servers send it, by the configurations that the build made for them.

Only served: a folder has no server.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from built_site import ENVIRONMENT, BuiltSite, command, copy_project
from everything import use_everything
from playwright.sync_api import Browser, BrowserContext, Page
from web_servers import Answer, WebServer, apache, nginx

from generator import hosting
from generator.hosting import cloudfront
from generator.hosting.rules import TYPES, cache_control, is_text

pytestmark = pytest.mark.browser

# One of each class of file, so that the rules are tried whatever the site holds today.
PLANTED = {
    "assets/planted.0123456789.js": "planted();" * 100,
    "assets/planted.abcdef0123.css": "a{}" * 300,
    "assets/images/planted.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>" + " " * 600,
    "assets/planted-data.js": "planted();" * 100,
    "assets/search-data.js": "planted();" * 100,
    "assets/planted.json": "[]" + " " * 600,
    "download/planted.zip": "PK",
    "planted.webmanifest": "{}",
    "sw.js": "planted();" * 100,
}


@pytest.fixture(scope="module")
def planted(built: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site that has a file of every class."""
    folder = tmp_path_factory.mktemp("planted") / "site"
    shutil.copytree(built.folder, folder)
    for path, text in PLANTED.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / path).exists():
            (folder / path).write_text(text)
    return folder


def conf(built: BuiltSite) -> str:
    return (built.root / ".build" / "hosting" / "nginx.conf").read_text()


@pytest.fixture(scope="module", params=["nginx", "apache"])
def host(request: pytest.FixtureRequest, built: BuiltSite, planted: Path) -> Iterator[WebServer]:
    """The site with planted files on each server that the tests can run."""
    with nginx(conf(built), planted) if request.param == "nginx" else apache(planted) as running:
        yield running


@pytest.fixture(scope="module")
def headers(built: BuiltSite) -> dict[str, str]:
    return hosting.headers_of(path.read_bytes() for path in built.folder.rglob("*.html"))


def carried(answer: Answer, names: dict[str, str]) -> dict[str, list[str]]:
    return {name: answer.headers.get_all(name, []) for name in names}


def published(planted: Path) -> list[str]:
    """All files that a server should give, by site path."""
    paths = sorted(path.relative_to(planted).as_posix() for path in planted.rglob("*") if path.is_file())
    return [path for path in paths if path not in {"_headers", ".htaccess"}]


# ---- headers


def test_every_kind_of_answer_carries_every_header_once(host: WebServer, headers: dict[str, str]) -> None:
    page = host.ask("/")
    answers = {
        200: page,
        301: host.ask("/steps"),
        404: host.ask("/no/such/page/"),
        304: host.ask("/", If_Modified_Since=page.headers["Last-Modified"]),
    }
    for status, answer in answers.items():
        assert answer.status == status
        assert carried(answer, headers) == {name: [value] for name, value in headers.items()}, status
        assert answer.headers.get_all("Cache-Control") == ["no-cache"], status


def test_no_server_says_its_version_or_sets_a_cookie(host: WebServer) -> None:
    for path in ("/", "/no/such/page"):
        found = host.ask(path).headers
        assert found["Set-Cookie"] is None
        assert "nginx/" not in found.get("Server", "")


def test_every_file_has_its_cache_time_and_its_type(host: WebServer, planted: Path) -> None:
    wrong = []
    for path in published(planted):
        address = f"/{path}".removesuffix("index.html")
        answer = host.ask(address)
        media = TYPES[path.rpartition(".")[2]]
        kind = answer.headers["Content-Type"].replace(" ", "").lower()
        told = (answer.status, answer.headers.get_all("Cache-Control"), kind)
        expected = (200, [cache_control(path)], f"{media};charset=utf-8" if is_text(media) else media)
        if told != expected or answer.body != (planted / path).read_bytes():
            wrong.append((path, told, expected))
    assert wrong == []


def test_texts_are_sent_compressed_to_who_asks_and_pictures_are_not(host: WebServer, planted: Path) -> None:
    for path in published(planted):
        size = (planted / path).stat().st_size
        answer = host.ask(f"/{path}".removesuffix("index.html"), Accept_Encoding="gzip")
        if is_text(TYPES[path.rpartition(".")[2]]) and size > 600:
            assert answer.headers["Content-Encoding"] == "gzip", path
            assert "Accept-Encoding" in answer.headers["Vary"], path
            assert gzip.decompress(answer.body) == (planted / path).read_bytes(), path
        elif path.endswith((".png", ".zip")):
            assert answer.headers["Content-Encoding"] is None, path


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_page_that_did_not_change_is_not_sent_again(host: WebServer, encoding: str) -> None:
    first = host.ask("/", Accept_Encoding=encoding)
    known = {"If_Modified_Since": first.headers["Last-Modified"]}
    if first.headers["ETag"]:
        known["If_None_Match"] = first.headers["ETag"]
    again = host.ask("/", Accept_Encoding=encoding, **known)
    assert (again.status, again.body) == (304, b"")
    long_ago = host.ask("/", Accept_Encoding=encoding, If_Modified_Since=formatdate(0, usegmt=True))
    assert long_ago.status == 200


def test_a_missing_page_is_our_page_and_folders_are_never_listed(host: WebServer, planted: Path) -> None:
    ours = (planted / "404.html").read_bytes()
    for path in ("/no", "/no/such/", "/assets/", "/assets/images/", "/assets/no.0123456789.js"):
        answer = host.ask(path)
        assert answer.body == ours, path
        assert answer.status in {403, 404}, path
        assert answer.headers["Cache-Control"] == "no-cache", path


def test_the_hosts_own_files_are_not_given_away(host: WebServer) -> None:
    for path in ("/_headers", "/.htaccess"):
        answer = host.ask(path)
        assert answer.status in {403, 404}
        assert b"Content-Security-Policy:" not in answer.body


def test_an_address_without_its_slash_leads_to_the_folder(host: WebServer) -> None:
    answer = host.ask("/steps")
    where = answer.headers["Location"].removeprefix(host.address.rstrip("/"))
    assert (answer.status, where) == (301, "/steps/")


def test_nothing_can_be_sent_to_the_site(host: WebServer) -> None:
    assert host.ask("/", method="DELETE").status in {403, 405}
    assert host.ask("/", method="HEAD").body == b""


# ---- in a browser, under the policy of the header and of the page at once


@pytest.fixture(scope="module")
def served(built: BuiltSite) -> Iterator[WebServer]:
    """The site as it is, on nginx."""
    with nginx(conf(built), built.folder) as running:
        yield running


REPORT = """addEventListener("securitypolicyviolation", (event) => console.error(
  `violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A profile, and everything that its pages' consoles say: violations, warnings, errors."""
    said: list[str] = []
    context = browser.new_context()
    context.set_default_timeout(10_000)
    context.add_init_script(REPORT)
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.on("console", lambda line: said.append(f"{line.type}: {line.text}"))
    yield context, said
    context.close()


def walk(context: BrowserContext, home: str, built: BuiltSite, said: list[str]) -> dict[str, list[str]]:
    """Use everything on every page; what the console said, by page."""
    faults: dict[str, list[str]] = {}
    page = context.new_page()
    for url in [*built.urls, "404.html"]:
        said.clear()
        page.goto(home + url, wait_until="load")
        use_everything(page, "canary 4711")
        if said:
            faults[url] = list(said)
    return faults


def test_every_page_works_whole_under_the_policy_without_one_violation(
    served: WebServer, built: BuiltSite, watched: tuple[BrowserContext, list[str]]
) -> None:
    context, said = watched
    assert walk(context, served.address, built, said) == {}


ATTACKS = {
    "handler": '<button id="planted" onclick="document.title = \'broken\'">x</button>',
    "script": "<script>document.title = 'broken'</script>",
    "address": '<a id="planted" href="javascript:void(document.title = \'broken\')">x</a>',
    "style": '<p id="planted" style="position: fixed">x</p>',
    "image": '<img src="http://elsewhere.example/x.png" alt="">',
    "frame": '<iframe src="/"></iframe>',
    "form": '<form action="/x"><button id="planted">x</button></form>',
}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("by", ["header", "meta"])
def test_what_a_page_must_not_hold_is_blocked_and_reported(
    built: BuiltSite, tmp_path: Path, watched: tuple[BrowserContext, list[str]], name: str, by: str
) -> None:
    context, said = watched
    shutil.copytree(built.folder, tmp_path / "site")
    path = tmp_path / "site" / "about" / "index.html"
    text = path.read_text("utf-8").replace("</h1>", "</h1>" + ATTACKS[name], 1)
    meta, policy = 'http-equiv="Content-Security-Policy"', "add_header Content-Security-Policy"
    assert meta in text
    path.write_text(text.replace(meta, 'name="no-policy"') if by == "header" else text, "utf-8")
    sent = conf(built) if by == "header" else conf(built).replace(policy, "add_header X-None")
    with nginx(sent, tmp_path / "site") as running:
        page = context.new_page()
        page.goto(f"{running.address}about/", wait_until="load")
        page.evaluate("document.getElementById('planted')?.click()")
        page.wait_for_timeout(200)
        assert page.title() != "broken"
        assert page.url == f"{running.address}about/"
        assert page.locator("h1 ~ #planted").evaluate_all("all => all.map((one) => one.style.position)") in (
            [],
            [""],
        )
    assert any("violation: " in line for line in said), said


# ---- below a path


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site built for an address below a path."""
    root = copy_project(tmp_path_factory.mktemp("mirror") / "copy")
    environment = {**ENVIRONMENT, "SITE_URL": "http://mirror.example/below/here/"}
    done = subprocess.run(
        command("build"), cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return BuiltSite(root)


@pytest.mark.parametrize("server", ["nginx", "apache"])
def test_the_site_works_below_a_path_and_asks_for_nothing_above_it(
    mirror: BuiltSite, tmp_path: Path, watched: tuple[BrowserContext, list[str]], server: str
) -> None:
    context, said = watched
    shutil.copytree(mirror.folder, tmp_path / "www" / "below" / "here")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    where: Any = (
        nginx(conf(mirror), tmp_path / "www", below="below/here/")
        if server == "nginx"
        else apache(tmp_path / "www", below="below/here/")
    )
    with where as running:
        page: Page = context.new_page()
        for url in mirror.urls:
            page.goto(running.address + url, wait_until="load")
        assert said == []
        answer = page.goto(f"{running.address}steps/no-such-step/", wait_until="load")
        assert answer and answer.status == 404
        assert page.locator("h1").inner_text() == "This page is not here"
        assert page.locator("main, #content").first.is_visible()
        assert running.ask("/").headers["Cache-Control"] == "no-cache"
        images = sorted((mirror.folder / "assets" / "images").glob("*.png"))
        icon = running.ask(f"/assets/images/{images[0].name}")
        assert icon.headers["Cache-Control"] == cache_control(f"assets/images/{images[0].name}")
    foreign = [url for url in asked if not url.startswith((running.address, "blob:", "data:"))]
    assert [url for url in foreign if not url.endswith("/favicon.ico")] == []
    assert [line for line in said if "404" not in line] == []


# ---- where nothing can be run: the one program among the recipes


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/", "/index.html"),
        ("/steps/x/", "/steps/x/index.html"),
        ("/assets/base.0123456789.css", "/assets/base.0123456789.css"),
        ("/sw.js", "/sw.js"),
        ("/steps", {"statusCode": 301, "location": "/steps/"}),
        ("/steps/x", {"statusCode": 301, "location": "/steps/x/"}),
    ],
)
def test_the_function_for_cloudfront_finds_the_page_of_a_folder(
    page: Page, asked: str, given: object
) -> None:
    found = page.evaluate(
        f"""(uri) => {{ {cloudfront.FUNCTION}
          const answer = handler({{request: {{uri}}}});
          return answer.uri ?? {{statusCode: answer.statusCode,
            location: new URL(answer.headers.location.value, "https://x" + uri).pathname}}; }}""",
        asked,
    )
    assert found == given
