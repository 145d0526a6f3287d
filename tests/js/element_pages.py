"""Small pages for the tests of the elements, in the shape that the site's templates give them.

In: ids, words and trees. Out: HTML, and a folder with it and the scripts. It opens no browser.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parents[2] / "site_overrides" / "assets" / "javascripts"
Serve = Callable[..., str]
"""The fixture `serve` of tests/conftest.py."""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
CHECKLIST = ("element", "store", "storage-notice", "print", "checklist-state", "checklist")
LETTER = (
    *("element", "store", "storage-notice", "print"),
    *("letter-tree", "letter-state", "letter-fields", "letter"),
)
NOTICE = (
    '<storage-notice data-msg-denied="NOTHING IS KEPT" data-msg-full="NO ROOM"'
    ' data-msg-corrupt="UNREADABLE" data-msg-newer="FROM A NEWER SITE">'
    '<p class="u-notice" role="status" hidden></p></storage-notice>'
)
PROGRESS = (
    "<p data-progress hidden><span data-progress-words></span>"
    '<span aria-hidden="true"><span data-progress-bar></span></span></p>'
)


def document(body: str, scripts: Sequence[str] = ()) -> str:
    """A whole page."""
    tags = "".join(f'<script src="scripts/{name}.js" defer></script>' for name in scripts)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>'
        f"{tags}</head><body>{NOTICE}{body}</body></html>"
    )


def write_site(folder: Path, pages: Mapping[str, str]) -> Path:
    """The pages by name, beside the real scripts."""
    shutil.copytree(SCRIPTS, folder / "scripts", dirs_exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def attributes(values: Mapping[str, Any]) -> str:
    """Attributes for a tag; what is not text is written as JSON."""
    texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in values.items()}
    return "".join(f' {name}="{escape(text)}"' for name, text in texts.items())


def check_list(items: Mapping[str, str], *, name: str = "step/one", copy: str = "", **more: Any) -> str:
    """A check-list as the site renders it; `copy` makes its DOM ids unique when it is shown twice."""
    data = {
        "data-list": name,
        "data-msg-progress": "{done} of {total} done",
        "data-msg-retired": "Taken out: {reason}",
        "data-msg-cleared": "Cleared",
        "data-msg-undo": "Undo",
        "data-msg-undone": "Back again",
        **{f"data-{key}": value for key, value in more.items()},
    }
    boxes = "".join(
        f'<li><input type="checkbox" id="{copy}{item}" data-tick="{name}/{item}">'
        f'<label for="{copy}{item}">{text}</label></li>'
        for item, text in items.items()
    )
    tools = (
        '<p data-needs-script hidden><button type="button" data-reset>Clear</button>'
        '<button type="button" data-print="ticked">Print as ticked</button>'
        '<button type="button" data-print="blank">Print blank</button></p>'
    )
    return (
        f"<div><check-list{attributes(data)}>{PROGRESS}<ul>{boxes}</ul>{tools}"
        "<p data-retired-note hidden></p></check-list></div>"
    )


def progress_note(ids: Sequence[str]) -> str:
    """A count over many lists."""
    data = {"data-ticks": list(ids), "data-msg-progress": "{done} of {total} in all"}
    return f"<progress-note{attributes(data)}>{PROGRESS}</progress-note>"


LETTER_MESSAGES = {
    "missing": "{count} gaps are empty",
    "missing-one": "{count} gap is empty",
    "copied": "Copied",
    "copy-failed": "Press Copy",
    "saved": "Saved",
    "wiped": "Deleted",
    "subject": "Subject: {subject}",
    "bad-date": "Not a date",
    "bad-email": "Not an e-mail address",
    "bad-amount": "Not an amount",
}
COUNTRIES = {"US": "en-US", "GB": "en-GB", "other": "en-GB"}
_TYPES = {"date": "date", "email": "email"}


def letter_form(
    tree: Mapping[str, Any],
    blanks: Mapping[str, str],
    ticks: Sequence[str] = (),
    name: str = "complaint",
) -> str:
    """A letter-form as the site renders it; `blanks` are kinds by name."""
    letter = {
        "tree": tree,
        "blanks": {blank: {"kind": kind, "required": True} for blank, kind in blanks.items()},
        "ticks": list(ticks),
        "countries": COUNTRIES,
    }
    data = {
        "data-letter": letter,
        "data-id": name,
        "data-file": f"{name}.txt",
        **{f"data-msg-{key}": words for key, words in LETTER_MESSAGES.items()},
    }
    return (
        f"<div><letter-form{attributes(data)}>{_form(blanks, ticks)}"
        '<p role="status" data-status></p><div data-preview><p>The blank letter</p></div>'
        '<p data-needs-script hidden><button type="button" data-print-letter>Print</button>'
        '<button type="button" data-copy>Copy</button>'
        '<button type="button" data-save-text>Save as text</button></p></letter-form></div>'
    )


def _form(blanks: Mapping[str, str], ticks: Sequence[str]) -> str:
    countries = "".join(
        f'<label><input type="radio" name="country" value="{code}">{code}</label>' for code in COUNTRIES
    )
    boxes = "".join(
        f'<input type="checkbox" id="tick-{tick}" name="{tick}"><label for="tick-{tick}">{tick}</label>'
        for tick in ticks
    )
    fields = "".join(_field(blank, kind) for blank, kind in blanks.items())
    return (
        f"<form data-needs-script hidden novalidate>{countries}{boxes}{fields}"
        '<input type="checkbox" id="letter-keep" data-keep><label for="letter-keep">Keep</label>'
        '<button type="button" data-wipe>Delete</button></form>'
    )


def _field(blank: str, kind: str) -> str:
    common = f'id="blank-{blank}" name="{blank}" aria-describedby="blank-{blank}-help"'
    field = (
        f"<textarea {common}></textarea>"
        if kind == "lines"
        else f'<input type="{_TYPES.get(kind, "text")}" {common}>'
    )
    return (
        f'<div><label for="blank-{blank}">{blank}</label><p id="blank-{blank}-help">help</p>{field}'
        f'<p id="blank-{blank}-error" hidden></p></div>'
    )
