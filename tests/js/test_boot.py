"""The script inside every page: colours before paint, and only scripts of the site are ever loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from element_pages import SCRIPTS, Serve
from playwright.sync_api import Browser, Page, expect

from generator.assets import Assets, assets
from generator.policy import policy

pytestmark = pytest.mark.browser

BODY = """<fieldset><legend>Colours</legend>
<label><input type="radio" name="theme" value="auto" checked>Auto</label>
<label><input type="radio" name="theme" value="light">Light</label>
<label><input type="radio" name="theme" value="dark">Dark</label></fieldset>
<div data-script="lazy.js"><input id="box" aria-label="Box"></div>"""
KEPT = "localStorage.getItem('undelivered.theme')"
DENIED = {
    "denied": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})",
    "null": "Object.defineProperty(window, 'localStorage', {value: null})",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
}


def boot() -> Assets:
    folder = SCRIPTS.parent
    files = (path for path in folder.rglob("*.*") if path.is_file())
    found = assets({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    assert isinstance(found, Assets)
    return found


def document(base: str, later: str = "") -> str:
    """A page as the frame makes it, with its policy."""
    frame = boot()
    return (
        f'<!doctype html><html lang="en" data-base="{base}" data-later="{later}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy([frame.boot_hash], in_page=True)}">'
        '<meta name="theme-color" content="#fff" media="(prefers-color-scheme: light)" data-scheme="light">'
        '<meta name="theme-color" content="#000" media="(prefers-color-scheme: dark)" data-scheme="dark">'
        f'<link rel="icon" href="data:,"><title>A page</title><script>{frame.boot}</script></head>'
        f"<body>{BODY}</body></html>"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "deep/er").mkdir(parents=True)
    (site / "index.html").write_text(document("./"))
    (site / "idle.html").write_text(document("./", "lazy.js"))
    (site / "deep/er/index.html").write_text(document("../../"))
    (site / "lazy.js").write_text("globalThis.loaded = (globalThis.loaded ?? 0) + 1")
    (tmp_path / "outside.js").write_text("globalThis.outside = true")
    return site


@pytest.fixture
def home(folder: Path, serve: Serve) -> str:
    return serve(folder.parent) + "/site/"


def theme(page: Page) -> Any:
    return page.evaluate("document.documentElement.dataset.theme ?? null")


def test_nothing_is_kept_and_the_device_decides_until_the_reader_chooses(page: Page, home: str) -> None:
    page.goto(home)
    assert theme(page) is None
    assert page.evaluate("localStorage.length") == 0
    expect(page.get_by_label("Auto")).to_be_checked()
    assert page.evaluate("document.documentElement.dataset.js") == ""


def test_a_chosen_theme_holds_on_every_page_and_in_every_tab_until_it_is_taken_back(
    page: Page, home: str
) -> None:
    page.goto(home)
    other = page.context.new_page()
    other.goto(f"{home}deep/er/")
    page.get_by_label("Dark").check()
    assert (theme(page), page.evaluate(KEPT)) == ("dark", "dark")
    expect(other.get_by_label("Dark")).to_be_checked()
    assert theme(other) == "dark"
    page.goto(f"{home}deep/er/")
    expect(page.get_by_label("Dark")).to_be_checked()
    page.get_by_label("Auto").check()
    assert (theme(page), page.evaluate(KEPT)) == (None, None)


def test_the_chosen_theme_is_there_before_the_body(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_label("Dark").check()
    page.add_init_script(
        """new MutationObserver((_, one) => {
             if (!document.body) return;
             one.disconnect();
             window.early = document.documentElement.dataset.theme;
           }).observe(document, {childList: true, subtree: true})"""
    )
    page.reload()
    assert page.evaluate("early") == "dark"


def test_the_browsers_own_bars_follow_the_chosen_theme(page: Page, home: str) -> None:
    bars = """[...document.querySelectorAll('meta[name=theme-color]')]
      .filter(one => matchMedia(one.media).matches).map(one => one.content)"""
    page.emulate_media(color_scheme="light")
    page.goto(home)
    assert page.evaluate(bars) == ["#fff"]
    page.get_by_label("Dark").check()
    assert page.evaluate(bars) == ["#000"]
    page.get_by_label("Auto").check()
    assert page.evaluate(bars) == ["#fff"]


@pytest.mark.parametrize("how", DENIED)
def test_where_nothing_can_be_kept_the_switch_still_works(page: Page, home: str, how: str) -> None:
    page.add_init_script(DENIED[how])
    page.goto(home)
    page.get_by_label("Dark").check()
    assert theme(page) == "dark"


@pytest.mark.parametrize("kept", ["__proto__", '"><script>', "darkly", ""])
def test_a_strange_value_is_as_good_as_none(page: Page, home: str, kept: str) -> None:
    page.goto(home)
    page.evaluate("kept => localStorage.setItem('undelivered.theme', kept)", kept)
    page.reload()
    assert theme(page) is None
    expect(page.get_by_label("Auto")).to_be_checked()


@pytest.mark.parametrize("url", ["", "deep/er/"])
def test_a_script_is_loaded_once_from_the_root_of_the_site(page: Page, home: str, url: str) -> None:
    page.goto(home + url)
    page.evaluate("Promise.all([undelivered.boot.load('lazy.js'), undelivered.boot.load('lazy.js')])")
    assert page.evaluate("loaded") == 1
    assert page.evaluate("undelivered.boot.base.href") == home


def test_a_script_comes_when_its_element_gets_the_focus_and_not_before(page: Page, home: str) -> None:
    page.goto(home, wait_until="networkidle")
    assert page.evaluate("globalThis.loaded") is None
    page.get_by_label("Box").focus()
    page.wait_for_function("() => globalThis.loaded === 1")


def test_a_script_for_later_comes_when_the_page_is_idle(page: Page, home: str) -> None:
    page.goto(f"{home}idle.html")
    page.wait_for_function("() => globalThis.loaded === 1")


@pytest.mark.parametrize(
    "path",
    [
        "../outside.js",
        "https://other.example/x.js",
        "//other.example/x.js",
        "data:text/javascript,1",
        "/outside.js",
    ],
)
def test_nothing_outside_the_site_can_be_loaded(page: Page, home: str, path: str) -> None:
    page.goto(home)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    fault = page.evaluate("path => undelivered.boot.load(path).then(() => '', String)", path)
    assert "not a script of this site" in fault
    assert asked == []


def test_a_script_that_did_not_come_can_be_asked_for_again(
    page: Page, home: str, folder: Path, page_errors: list[str]
) -> None:
    page.goto(home)
    assert "could not load" in page.evaluate("undelivered.boot.load('new.js').then(() => '', String)")
    (folder / "new.js").write_text("globalThis.came = true")
    page.evaluate("undelivered.boot.load('new.js')")
    assert page.evaluate("came") is True
    page_errors[:] = [one for one in page_errors if "404" not in one]


def test_a_plain_address_is_refused_where_a_script_belongs(
    page: Page, home: str, page_errors: list[str]
) -> None:
    page.goto(home)
    told = page.evaluate(
        "() => { try { document.createElement('script').src = 'lazy.js' } catch (one) { return one.name } }"
    )
    assert told == "TypeError"
    page_errors[:] = [one for one in page_errors if "TrustedScriptURL" not in one]


def test_it_works_from_a_folder_too(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text))
    page.goto((folder / "deep/er/index.html").as_uri())
    page.evaluate("undelivered.boot.load('lazy.js')")
    assert page.evaluate("loaded") == 1
    page.get_by_label("Dark").check()
    assert theme(page) == "dark"
    assert errors == []
    page.close()
