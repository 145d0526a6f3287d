"""Each script fails in turn: it throws, it never comes, it is refused. Only its own feature is lost.

Scripts are found by what pages ask for while they are used, features by what stands on them.
Every script on a server, where the same scripts are; that a fault is borne, from a folder too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from addresses import Site
from built_site import BuiltSite
from features import there, working
from page_kinds import covering
from page_words import shown_words
from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser

PLANTED = "planted"
# What waits for the whole page starts once the browser gives up on such a script, after some minutes.
WAITS_FOR_ALL = {"never comes": {"offline"}}
FAULTS = {
    "throws": lambda route: route.fulfill(
        body=f"throw new Error('{PLANTED}')", content_type="text/javascript"
    ),
    "never comes": lambda route: HELD.append(route),
    "is refused": lambda route: route.abort(),
}


HELD: list[Route] = []
ENOUGH = 2
"""Pages on which each script is made faulty: the first ones that ask for it, which hold the most kinds of parts."""


@dataclass
class Visit:
    """One page, opened in a profile of its own with one script made faulty."""

    page: Page
    uncaught: list[str] = field(default_factory=list)
    scripts: set[str] = field(default_factory=set)


class Visits:
    """Opens pages whose errors are noted instead of failing the test."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.open: list[BrowserContext] = []

    def start(
        self, url: str, script: str | None = None, fault: str = "", *, scripts_run: bool = True
    ) -> Visit:
        # A worker would ask for the scripts itself, where no fault can be planted.
        context = self.browser.new_context(
            java_script_enabled=scripts_run,
            reduced_motion="reduce",
            service_workers="block",
            color_scheme="light",
        )
        context.set_default_timeout(4_000)
        self.open.append(context)
        visit = Visit(context.new_page())
        context.on("weberror", lambda error: visit.uncaught.append(str(error.error)))
        context.on(
            "request", lambda one: visit.scripts.add(one.url) if one.resource_type == "script" else None
        )
        if script:
            context.route(script, FAULTS[fault])
        visit.page.goto(url, wait_until="commit" if fault == "never comes" else "load")
        visit.page.locator("footer").last.wait_for()
        return visit

    def close(self) -> None:
        while HELD:
            HELD.pop().abort()
        for context in self.open:
            context.unroute_all(behavior="ignoreErrors")
            context.close()
        self.open.clear()


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    opened = Visits(browser)
    yield opened
    opened.close()


def words(visit: Visit) -> list[str]:
    return shown_words(visit.page.locator("main").inner_text())


@pytest.mark.parametrize("fault", FAULTS)
def test_only_the_feature_of_a_faulty_script_is_lost(
    visits: Visits, home: str, built: BuiltSite, fault: str
) -> None:
    found, tried = [], Counter[str]()
    for url in covering(built):
        usual = visits.start(home + url)
        texts = [words(usual)]
        texts.append(words(visits.start(home + url, scripts_run=False)))
        features = there(usual.page)
        assert working(usual.page, features) == features, url
        scripts = set(usual.scripts)
        visits.close()
        for script in sorted(one for one in scripts if tried[one] < ENOUGH):
            tried[script] += 1
            visit = visits.start(home + url, script, fault)
            where = f"{url}, {script.removeprefix(home)}"
            visit.page.wait_for_timeout(200)
            if words(visit) not in texts:
                found.append(f"{where}: words are missing")
            lost = features - working(visit.page, features)
            if len(lost) > 1:
                lost -= WAITS_FOR_ALL.get(fault, set())
            if len(lost) > 1 or lost & {"theme", "menu"}:
                found.append(f"{where}: lost {', '.join(sorted(lost))}")
            found += [f"{where}: {one}" for one in visit.uncaught if PLANTED not in one]
            visits.close()
    assert found == []
    assert len(tried) > 2


def test_a_fault_that_takes_everything_is_seen(visits: Visits, site: Site) -> None:
    """The counter-check: without any script, what needs one is told apart from what needs none."""
    usual = visits.start(site.at())
    features = there(usual.page)
    assert working(usual.page, features) == features
    bare = visits.start(site.at(), f"{site.base}**/*.js", "throws")
    assert "search" not in working(bare.page, features)
    assert "menu" in working(bare.page, features)
