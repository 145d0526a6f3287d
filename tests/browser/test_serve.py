"""Building and serving a copy of the project: edits are seen, faults told, and the old site stays whole.

Only served: a folder has no server.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from built_site import ENVIRONMENT, BuiltSite, build, command, copy_project, edit, undelivered
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STEP = Path("content/steps/check-order-status.yml")
SENTENCE = "Open the order in the app and read its status."
PATIENCE = 15_000  # milliseconds until an edit must be seen


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Served:
    """A running `undelivered serve`, with what it says on the terminal."""

    root: Path
    process: subprocess.Popen[str]
    home: str
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)

    def wait_for(self, holds: Callable[[str], bool]) -> None:
        """Wait until the terminal says it."""
        end = time.monotonic() + 60
        while not holds("".join(self.said)):
            assert self.process.poll() is None, "".join(self.said)
            assert time.monotonic() < end, "".join(self.said)
            time.sleep(0.05)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = copy_project(tmp_path_factory.mktemp("served") / "copy")
    address = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        command("serve", "--address", address),
        cwd=root,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    running = Served(root, process, f"http://{address}/")
    listener = threading.Thread(target=running.listen, daemon=True)
    listener.start()
    running.wait_for(lambda said: "Serving on" in said)
    yield running
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=20)
    listener.join(timeout=20)
    assert process.stdout
    process.stdout.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def eventually(page: Page, address: str, text: str) -> None:
    """Load the page until it holds a text; the live reload may be in between."""
    end = time.monotonic() + PATIENCE / 1000
    while True:
        page.goto(address, wait_until="commit")
        if text in page.content():
            return
        assert time.monotonic() < end, f"{text} is not on {address}"
        page.wait_for_timeout(200)


def test_an_edited_sentence_reaches_the_open_page(served: Served, open_page: Page) -> None:
    open_page.goto(f"{served.home}steps/check-order-status/")
    expect(open_page.get_by_text(SENTENCE)).to_be_visible()
    edit(served.root / STEP, SENTENCE, "Look up the order in the app and read its status.")
    reworded = open_page.get_by_text("Look up the order in the app and read its status.")
    expect(reworded).to_be_visible(timeout=PATIENCE)


def test_a_broken_edit_is_told_on_the_terminal_and_on_the_page_and_mended(
    served: Served, open_page: Page
) -> None:
    path = served.root / STEP
    whole = path.read_text("utf-8")
    open_page.goto(f"{served.home}steps/check-order-status/")
    path.write_text(whole.replace("\nsummary:", "\nsumary:"), "utf-8")
    problem = re.compile(r"content/steps/check-order-status\.yml:3:1: .*sumary.*summary")
    expect(open_page.locator(".u-problems")).to_contain_text(problem, timeout=PATIENCE)
    served.wait_for(lambda said: bool(problem.search(said)))
    expect(open_page.locator("h1")).to_be_visible()
    path.write_text(whole, "utf-8")
    expect(open_page.locator(".u-problems")).to_have_count(0, timeout=PATIENCE)
    assert served.process.poll() is None


def test_yaml_that_cannot_be_parsed_is_survived(served: Served, open_page: Page) -> None:
    path = served.root / STEP
    whole = path.read_text("utf-8")
    open_page.goto(served.home)
    path.write_text(whole + "\n  broken: [\n", "utf-8")
    place = re.compile(r"content/steps/check-order-status\.yml:\d+:\d+: ")
    expect(open_page.locator(".u-problems")).to_contain_text(place, timeout=PATIENCE)
    path.write_text(whole, "utf-8")
    expect(open_page.locator(".u-problems")).to_have_count(0, timeout=PATIENCE)
    assert "Traceback" not in "".join(served.said)


def test_an_edited_template_and_style_reach_the_page(served: Served, open_page: Page) -> None:
    edit(served.root / "generator/templates/tip/index.md.jinja", "What to do", "What you can do")
    eventually(open_page, f"{served.home}tips/", "What you can do")
    styles = served.root / "site_overrides/assets/stylesheets/page.css"
    styles.write_text(styles.read_text("utf-8") + "\nh1 { color: rgb(1, 2, 3) !important; }\n", "utf-8")
    open_page.goto(f"{served.home}tips/")
    expect(open_page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=PATIENCE)
    partial = served.root / "site_overrides/main.html"
    edit(partial, '<meta name="referrer"', '<meta name="proof" content="seen">\n  <meta name="referrer"')
    eventually(open_page, served.home, 'name="proof"')


# ---- building


def prints(folder: Path) -> dict[str, str]:
    """Every file with a print of its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A built copy that these tests may break."""
    return build(copy_project(tmp_path_factory.mktemp("own") / "copy"))


def test_a_build_with_problems_leaves_the_site_byte_for_byte(own: BuiltSite) -> None:
    before, whole = prints(own.folder), (own.root / STEP).read_text("utf-8")
    (own.root / STEP).write_text(whole.replace("\nsummary:", "\nsumary:"), "utf-8")
    done = undelivered(own.root, "build")
    (own.root / STEP).write_text(whole, "utf-8")
    assert done.returncode == 1
    assert "content/steps/check-order-status.yml:3:1: " in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert prints(own.folder) == before


def test_an_engine_that_fails_leaves_the_site_byte_for_byte(own: BuiltSite) -> None:
    before = prints(own.folder)
    frame = own.root / "site_overrides/main.html"
    whole = frame.read_text("utf-8")
    frame.write_text(whole + "{% broken %}", "utf-8")
    done = undelivered(own.root, "build")
    frame.write_text(whole, "utf-8")
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert prints(own.folder) == before
    assert list((own.root / ".build").glob("site-*")) == []


@pytest.mark.parametrize("moment", ["engine starts", "engine writes", "late"])
def test_a_build_killed_in_the_middle_leaves_the_site_whole(own: BuiltSite, moment: str) -> None:
    for _ in range(10):
        before = prints(own.folder)
        if killed_at(moment, own.root):
            break
    else:
        pytest.fail("every build was over before it could be killed")
    assert prints(own.folder) == before
    done = undelivered(own.root, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(prints(own.folder)) == set(before)


def killed_at(moment: str, root: Path) -> bool:
    """Start a build and kill it with its engine; False when it was over before."""
    process = subprocess.Popen(
        command("build", "--fresh"),
        cwd=root,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wanted = {"engine starts": 0, "engine writes": 1, "late": 12}[moment]
    while process.poll() is None and pages_written(root, process.pid) < wanted:
        pass
    if wanted == 0:
        time.sleep(0.5)  # somewhere before the engine has written anything
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def pages_written(root: Path, pid: int) -> int:
    return sum(1 for _ in (root / f".build/work-{pid}").rglob("index.html"))
