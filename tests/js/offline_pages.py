"""Small pages with what offline use needs, and service workers that answer as a test says.

In: what the worker shall say. Out: a folder to serve or to open, its root at site/; scripts for a test to run in
a page. The real worker has its tests in tests/browser/test_site_offline.py. It opens no browser.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from element_pages import SCRIPTS, attributes
from search_pages import POLICY

OFFLINE = ("boot", "offline")
STATUS = ("boot", "element", "offline", "offline-status")
# A worker is compared with the one before by its bytes: none may come from the browser's cache.
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
NEWER = {"newer": "NEWER", "typed": "NEWER, AND WHAT IS TYPED GOES"}
STATES = {
    "none": "NONE",
    "part": "PART {pages}/{total}",
    "whole": "WHOLE {total}",
    "starting": "STARTING",
    "keeping": "KEEPING {keeping}/{of}",
    "failed": "FAILED",
    "removed": "REMOVED",
    "unable": "UNABLE",
    "folder": "FOLDER",
}
UNSEEN = "NOTHING IS SEEN YET"

# Looks for another worker, as a change of page does; true when one waits.
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update().catch(() => {});
  const coming = registration.installing;
  if (coming) await new Promise(resolve => {
    const look = () => coming.state !== "installing" && resolve();
    coming.addEventListener("statechange", look);
    look();
  });
  return Boolean(registration.waiting);
}"""
FAULT = "work => work().then(() => 'no fault', (fault) => String(fault))"


def told(pages: int, total: int = 3, version: str = "one") -> dict[str, Any]:
    """What a worker says of itself."""
    return {"version": version, "pages": pages, "total": total, "whole": pages == total}


def worker(
    version: str = "one", *, status: Any = None, keep: Sequence[Any] = (), installs: bool = True
) -> str:
    """A worker: what it says when it is asked how much is kept, and one by one while it keeps all."""
    says = {"status": [status or told(3, version=version)], "keep": list(keep)}
    install = (
        "" if installs else 'addEventListener("install", (event) => event.waitUntil(Promise.reject()));\n'
    )
    return f"""// {version}
{install}const says = {json.dumps(says)};
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", ({{ data, ports: [port] }}) => {{
  if (data.ask === "take over") skipWaiting();
  for (const one of says[data.ask] ?? []) port.postMessage(one);
}});
"""


def notice(words: Mapping[str, str] = NEWER) -> str:
    """The offer of a newer version, as partials/newer.html gives it."""
    data = attributes({f"data-msg-{name}": text for name, text in words.items()})
    return (
        f'<section class="u-newer" aria-label="Newer" data-newer{data} hidden><p role="status"></p>'
        '<p><button type="button" data-load>Load it</button>'
        '<button type="button" data-later>Not now</button></p></section>'
    )


def status_element(states: Mapping[str, str] = STATES) -> str:
    """The element of the page about offline use, as the template gives it."""
    data = attributes({f"data-msg-{name}": text for name, text in states.items()})
    return (
        f'<div><offline-status{data}><p role="status" tabindex="-1">{UNSEEN}</p><p>'
        '<button type="button" data-keep-site hidden>Keep</button>'
        '<button type="button" data-remove-site hidden>Remove</button></p></offline-status></div>'
    )


def document(body: str, scripts: Sequence[str] = OFFLINE, base: str = "./") -> str:
    """A whole page."""
    tags = "".join(f'<script src="{base}scripts/{name}.js" defer></script>' for name in scripts)
    return (
        f'<!doctype html><html lang="en" data-base="{base}"><head><meta charset="utf-8"><title>A page</title>'
        f'<link rel="icon" href="data:,">{tags}</head><body>'
        f'<main id="content" tabindex="-1"><a href="#content">A link</a>'
        '<form><label>Name<input name="name" value="given"></label></form></main>'
        f"{body}</body></html>"
    )


def write_offline_site(folder: Path, pages: Mapping[str, str], first: str | None = None) -> Path:
    """The pages below site/, the real scripts beside them, and the worker that is published first."""
    site = folder / "site"
    shutil.copytree(SCRIPTS, site / "scripts")
    for name, text in pages.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    (site / "sw.js").write_text(worker() if first is None else first, encoding="utf-8")
    return site
