"""Fixtures for the faults: a small project to hurt, the real site to read, and a browser that lets itself be flooded.

In: the project's sources, Chromium. Out: `project`, `healed`; `built`, `home`, `browser`. It knows no fault.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builds import Project, make
from built_site import BuiltSite, build, copy_project, serving
from chromium import find_chromium
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with both of its states known; each test heals what it hurts."""
    return make(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def healed(project: Project) -> Iterator[Project]:
    """The project in state "one", content in state "two"; afterwards it must heal by itself."""
    project.heal("one")
    project.set("two")
    yield project
    project.heal("one")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The whole site, built once for each worker."""
    return build(copy_project(tmp_path_factory.mktemp("project") / "copy"))


@pytest.fixture(scope="session")
def home(built: BuiltSite) -> Iterator[str]:
    """The address of the built site."""
    with serving(built.folder) as server:
        yield server.address


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Iterator[Browser]:
    """One more Chromium: without the flag it passes over all but 200 changes of the address in 10 seconds."""
    flags = ["--no-sandbox", "--disable-ipc-flooding-protection"]
    patient = browser.browser_type.launch(executable_path=find_chromium(), args=flags)
    yield patient
    patient.close()
