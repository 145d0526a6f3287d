"""Rendering: the text of each page, from an earlier build when nothing that it rests on has changed.

In: a page plan, the catalog, what is remembered, and the texts that are there. Out: the text among the
texts, and its print; or a problem with a template. It does not know templates.
"""

from __future__ import annotations

from collections.abc import MutableMapping

from generator import urls
from generator.assets import Assets
from generator.catalog import Catalog, Entry
from generator.digest import digest
from generator.pages import Page, Place
from generator.problems import Problem
from generator.remember import Remember
from generator.render import render
from generator.trace import Traced

Texts = MutableMapping[str, str]
"""Page texts by their path below the docs tree."""


def text_of(page: Page, catalog: Catalog, assets: Assets, remember: Remember, texts: Texts) -> str | Problem:
    """Put the text of a page among the texts and return its print, or return a problem."""
    name, path = f"page {plan_print(page)}", urls.file_of(page.url)
    known = remember.recall(name)
    if known is not None and digest(texts.get(path, "")) == known:
        return known
    traced = Traced.over(catalog)
    text = render(page, traced, assets)
    if isinstance(text, Problem):
        return text
    texts[path] = text
    remember.keep(name, traced.asked, digest(text))
    return digest(text)


def plan_print(page: Page) -> str:
    """A short word for all that a page plan says, with the entries that it holds."""
    parts = (page.url, page.template, page.kind, page.edit_path, page.checked, page.entry, page.scripts)
    more = (f"{name} {_said(part)}" for name, part in sorted(page.more.items()))
    return digest(*map(_said, parts), *more)


def _said(part: object) -> str:
    if isinstance(part, Entry):
        return f"{part.kind}/{part.id} {part.print}"
    if isinstance(part, Place):
        return repr([_said(one) for one in (part.guide, part.number, part.total, part.before, part.after)])
    return repr(part)
