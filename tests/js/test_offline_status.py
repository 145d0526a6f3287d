"""<offline-status>: one true sentence about what is kept, and the button that makes sense now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from element_pages import Serve
from offline_pages import (
    HEADERS,
    STATES,
    STATUS,
    UNSEEN,
    document,
    status_element,
    told,
    worker,
    write_offline_site,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
READY = "navigator.serviceWorker.ready.then(one => one.active.state)"
KEPT = [{"keeping": 10, "of": 20}, told(3)]
FULL = [{"fault": "QuotaExceededError: full"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    body = status_element()
    pages = {"index.html": document(body, STATUS), "wordless.html": document(status_element({}), STATUS)}
    return write_offline_site(tmp_path, pages)


@pytest.fixture
def warnings(page: Page) -> list[str]:
    """What the page says in the console without calling it an error."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "warning" else None)
    return said


@pytest.fixture
def opened(page: Page, folder: Path, serve: Serve) -> Open:
    """Opens the page, with a worker that says this of itself; without one it stays as it is published."""
    home = f"{serve(folder.parent, HEADERS)}/site/"

    def start(published: str = "", *, before: str = "", url: str = "") -> Page:
        if published:
            (folder / "sw.js").write_text(published)
        if before:
            page.add_init_script(before)
        page.goto(home + url)
        return page

    return start


def said(page: Page) -> Any:
    return page.locator("offline-status [role=status]")


def keep(page: Page) -> Any:
    return page.locator("[data-keep-site]")


def remove(page: Page) -> Any:
    return page.locator("[data-remove-site]")


def offers(page: Page) -> tuple[bool, bool]:
    """Whether there is a button to keep and one to remove."""
    return (keep(page).is_visible(), remove(page).is_visible())


# ---- what is so


@pytest.mark.parametrize(
    ("status", "sentence", "buttons"),
    [
        (told(0), "NONE", (True, False)),
        (told(2), "PART 2/3", (True, True)),
        (told(3), "WHOLE 3", (False, True)),
        # All pages, but not every file that they need.
        ({**told(3), "whole": False}, "PART 3/3", (True, True)),
    ],
    ids=["none", "part", "whole", "pages without their files"],
)
def test_it_says_how_much_is_kept_in_the_words_of_the_page(
    opened: Open, status: dict[str, Any], sentence: str, buttons: tuple[bool, bool]
) -> None:
    page = opened(worker(status=status))
    expect(said(page)).to_have_text(sentence)
    assert offers(page) == buttons


def test_it_says_that_nothing_is_kept_where_there_is_no_worker(opened: Open) -> None:
    page = opened(before="ServiceWorkerContainer.prototype.register = () => new Promise(() => {})")
    expect(said(page)).to_have_text("NONE")
    assert offers(page) == (True, False)


def test_it_says_when_the_first_visit_has_kept_the_site(opened: Open) -> None:
    """The page is open while the worker comes: nobody has to load it again to see that it is there."""
    page = opened(
        worker(status=told(3)),
        before="""const { register } = ServiceWorkerContainer.prototype;
        window.go = new Promise((resolve) => { window.begin = resolve });
        ServiceWorkerContainer.prototype.register = async function (...all) {
          await go;
          return register.apply(this, all);
        }""",
    )
    expect(said(page)).to_have_text("NONE")
    page.evaluate("begin()")
    expect(said(page)).to_have_text("WHOLE 3")
    assert offers(page) == (False, True)


def test_from_a_folder_it_says_so_and_has_no_buttons(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    expect(said(page)).to_have_text("FOLDER")
    assert offers(page) == (False, False)


@pytest.mark.parametrize(
    "before",
    [
        "delete Navigator.prototype.serviceWorker",
        "Object.defineProperty(navigator, 'serviceWorker', {get() { throw new DOMException('no') }})",
        "delete window.caches",
    ],
    ids=["no workers", "workers denied", "no caches"],
)
def test_a_browser_that_cannot_keep_it_is_told_of_without_buttons(opened: Open, before: str) -> None:
    page = opened(before=before)
    expect(said(page)).to_have_text("UNABLE")
    assert offers(page) == (False, False)


CANNOT_LOOK = (
    "ServiceWorkerContainer.prototype.getRegistration = () => Promise.reject(new DOMException('DENIED'))"
)


def test_where_it_cannot_look_it_says_nothing_of_an_attempt_that_nobody_made(
    opened: Open, warnings: list[str]
) -> None:
    page = opened(before=CANNOT_LOOK)
    expect(keep(page)).to_be_visible()
    expect(said(page)).to_have_text(UNSEEN)
    assert {one for one in warnings if "offline-status" in one} == {"<offline-status>: DENIED"}


def test_a_worker_that_faults_is_not_believed(opened: Open) -> None:
    page = opened(worker(status={"fault": "no storage"}))
    page.evaluate(READY)
    expect(remove(page)).to_be_visible()
    expect(said(page)).to_have_text(UNSEEN)


def test_without_words_nothing_is_said_and_the_buttons_work(opened: Open) -> None:
    page = opened(worker(status=told(2), keep=[told(3)]), url="wordless.html")
    expect(remove(page)).to_be_visible()
    expect(said(page)).to_be_empty()
    keep(page).click()
    expect(keep(page)).to_be_visible()


# ---- what the reader does


def test_keeping_tells_how_far_it_is_and_what_came_of_it(opened: Open) -> None:
    page = opened(worker(status=told(2), keep=KEPT[:1]))  # and no last word yet
    expect(said(page)).to_have_text("PART 2/3")
    keep(page).focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("KEEPING 10/20")
    assert offers(page) == (False, False)
    expect(said(page)).to_be_focused()  # the button went from under the reader's finger


def test_what_is_kept_is_looked_at_and_not_believed_from_the_attempt(opened: Open) -> None:
    page = opened(worker(status=told(2), keep=KEPT))
    expect(said(page)).to_have_text("PART 2/3")
    keep(page).focus()
    page.keyboard.press("Enter")
    expect(remove(page)).to_be_visible()
    expect(said(page)).to_have_text("PART 2/3")


def test_where_there_is_no_room_it_says_so_and_can_be_tried_again(
    opened: Open, folder: Path, warnings: list[str]
) -> None:
    page = opened(worker(status=told(2), keep=FULL))
    expect(said(page)).to_have_text("PART 2/3")
    keep(page).click()
    expect(said(page)).to_have_text("FAILED")
    assert offers(page) == (True, True)
    assert warnings == ["<offline-status>: QuotaExceededError: full"]
    keep(page).click()
    expect(said(page)).to_have_text("FAILED")
    assert len(warnings) == 2


DENIED = {
    "workers": "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('DENIED'))",
    "storage": "CacheStorage.prototype.open = () => Promise.reject(new DOMException('DENIED'))",
    "no room": "Cache.prototype.put = () => Promise.reject(new DOMException('DENIED', 'QuotaExceededError'))",
}


@pytest.mark.parametrize("how", DENIED)
def test_keeping_that_the_browser_denies_ends_in_a_sentence_and_a_button(
    opened: Open, warnings: list[str], how: str
) -> None:
    page = opened(worker(status=told(0)), before=DENIED[how])
    expect(said(page)).to_have_text("NONE")
    keep(page).focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("FAILED")
    expect(keep(page)).to_be_visible()
    assert "<offline-status>: DENIED" in warnings


def test_removing_says_so_and_offers_to_keep_it_again(opened: Open) -> None:
    page = opened(worker(status=told(3)))
    expect(said(page)).to_have_text("WHOLE 3")
    remove(page).focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("REMOVED")
    assert offers(page) == (True, False)
    expect(keep(page)).to_be_focused()
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    page.reload()
    expect(said(page)).to_have_text("NONE")


def test_what_could_not_be_removed_is_not_called_removed(opened: Open) -> None:
    page = opened(
        worker(status=told(3)), before="CacheStorage.prototype.keys = () => Promise.reject(new Error('no'))"
    )
    expect(said(page)).to_have_text("WHOLE 3")
    remove(page).click()
    expect(said(page)).to_have_text("FAILED")
    assert offers(page) == (True, True)


def test_without_its_other_scripts_it_says_what_is_missing_and_leaves_the_page(
    opened: Open, folder: Path, page_errors: list[str]
) -> None:
    (folder / "alone.html").write_text(document(status_element(), ("boot", "element", "offline-status")))
    page = opened(url="alone.html")
    expect(said(page)).to_have_text(UNSEEN)
    assert page_errors == ["<offline-status> did not start: element.js or offline.js is missing"]
    page_errors.clear()


def test_the_small_page_has_a_sentence_for_each_state_that_the_site_has() -> None:
    """A state that is added to the element is looked for here too."""
    script = (Path(__file__).parents[2] / "generator/templates/page/_offline.jinja").read_text("utf-8")
    assert {part.partition("=")[0] for part in script.split("data-msg-")[1:]} == set(STATES)
