"""Page plans to text: Jinja2 templates, and what they may call.

In: page plans and the catalog. Out: Markdown files whose body is one block of HTML. Texts become HTML
here, facts get their numbered sources here. It reads templates, never content, and decides no rule.
"""

from __future__ import annotations

import json
import marshal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup

from generator import urls
from generator.assets import NONE, Assets
from generator.catalog import Catalog
from generator.digest import digest
from generator.letter_view import LetterView
from generator.pages import Page
from generator.policy import policy
from generator.problems import Position, Problem
from generator.store import Store
from generator.view import View
from generator.words import Words

# A hosted repository opens a file to edit it, and a folder to look into it.
_VERB = {True: "edit", False: "tree"}
# Lists of everything hold every word; the page that answers should come before them.
_BOOST = {"index": 0.3, "home": 0.5, "checklist": 0.5, "guide": 0.5}
# Of a list search knows the names alone: its words are those of the pages that it lists.
_LISTS = {"index", "home", "checklist"}
# Search does not find itself, nor what was taken away.
_NOT_FOUND = {"search", "retired", "missing"}
TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment(locale: str = "en") -> Environment:
    """The Jinja2 environment of the page templates, in one language."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # serve drops the whole environment instead: `forget_templates`
    )
    words = Words.of(locale)
    # Not install_gettext_translations: its three calls for a message took a quarter of a page's time.
    env.globals.update(_messages(words))
    env.filters["day"] = words.day
    env.filters["country"] = words.country
    env.filters["json"] = _json
    return env


class _Compiled(BytecodeCache):
    """Templates as Python's code, in the store; to compile them takes longer than to render a hundred pages."""

    def __init__(self, store: Store, ground: str) -> None:
        self._store, self._ground = store, ground

    def _key(self, bucket: Bucket) -> str:
        return digest(self._ground, "template", bucket.key, bucket.checksum)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what was compiled from the same text with the same versions."""
        if kept := self._store.get(self._key(bucket)):
            bucket.code = marshal.loads(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja has compiled."""
        if bucket.code:
            self._store.put(self._key(bucket), marshal.dumps(bucket.code))


def keep_compiled(store: Store, ground: str, locale: str = "en") -> None:
    """Look for compiled templates in a store from now on; `ground` stands for code and versions."""
    environment(locale).bytecode_cache = _Compiled(store, ground)


def forget_templates() -> None:
    """Read all templates again, after an edit."""
    environment.cache_clear()
    _frame_of.cache_clear()


def _messages(words: Words) -> dict[str, Any]:
    """What templates call for the interface's words; slots are filled with escaped values."""

    @cache
    def said(message: str) -> Markup:
        return Markup(words.translations.gettext(message))

    def gettext(message: str, **values: Any) -> Markup:
        return said(message) % values if values or "%" in message else said(message)

    def ngettext(one: str, many: str, num: int, **values: Any) -> Markup:
        return Markup(words.translations.ngettext(one, many, num)) % {"num": num, **values}

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def _json(value: Any) -> str:
    """Compact JSON; the templates put it into attributes, where Jinja escapes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def render(page: Page, catalog: Catalog, assets: Assets = NONE, locale: str = "en") -> str | Problem:
    """The whole file of a page, front matter and body; a problem when its template is broken."""
    try:
        return _render(page, catalog, assets, locale)
    except TemplateError as error:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else 1
        name = (error.name if isinstance(error, TemplateSyntaxError) else None) or page.template
        path = f"generator/templates/{name}"
        what = f"this template breaks: {error.message}"
        return Problem(path, Position(line), what, "mend it, or take the last change back", "template")


def _render(page: Page, catalog: Catalog, assets: Assets, locale: str) -> str:
    view = View(page, catalog, Words.of(locale))
    template = environment(locale).get_template(page.template)
    letter = LetterView(page.entry, view) if page.entry and page.entry.kind == "letter" else None
    module = template.make_module({"view": view, "page": page, "entry": page.entry, "form": letter})
    # Both are set by the template.
    title, description = _words(getattr(module, "title")), _words(getattr(module, "description"))  # noqa: B009
    links = [{"title": words, "url": url} for words, url in getattr(module, "links", ())]
    meta = {**_meta(view, title, description), **_needs(page, assets), "links": links}
    return _front_matter(meta) + str(module)


def _words(value: str) -> str:
    """Words without escapes: a message that was filled in is markup."""
    return value.unescape() if isinstance(value, Markup) else value


def _other_words(page: Page) -> list[str]:
    own = page.entry if page.entry and page.entry.kind == page.kind else None
    return list(getattr(own.model, "also", [])) if own else []


def _search(page: Page) -> dict[str, Any]:
    """What search is told beside the page itself; readers' own words for the page weigh most there."""
    return {
        "boost": _BOOST.get(page.kind, 1),
        "exclude": page.kind in _NOT_FOUND,
        "names_only": page.kind in _LISTS,
        "also": _other_words(page),
    }


def _meta(view: View, title: str, description: str) -> dict[str, Any]:
    """What the page says of itself, and the words around it."""
    page = view.page
    return {
        "title": title,
        "lang": view.words.locale.replace("_", "-"),
        # On the page for missing addresses the frame starts from the site's own address.
        "base": "" if page.url == urls.MISSING else urls.relative(page.url, ""),
        "description": " ".join(description.split()),
        "kind": page.kind,
        "edit": f"{_VERB[page.edits_file]}/main/{page.edit_path}",
        "checked": page.checked.isoformat() if page.checked else "",
        "checked_words": view.checked_words,
        "search": _search(page),
        "frame": _frame(view),
    }


def _needs(page: Page, assets: Assets) -> dict[str, Any]:
    """What the page loads, by paths from the site's root."""
    return {
        "styles": assets.styles_of(page.kind),
        "scripts": assets.scripts_of(page.scripts),
        "assets": assets.later,
        "boot": assets.boot,
        "policy": policy([assets.boot_hash], in_page=True) if assets.boot else "",
    }


def _front_matter(meta: dict[str, Any]) -> str:
    # JSON is YAML, and the same to every engine.
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(["---", *lines, "---", "", ""])


def _frame(view: View) -> dict[str, Any]:
    """Words and links of the frame around every page; the theme has no words of its own."""
    guides = view.entries("guide")
    return _frame_of(view.words.locale, guides[0].id if guides else "")


@cache
def _frame_of(locale: str, route: str) -> dict[str, Any]:
    module: Any = environment(locale).get_template("_frame.jinja").make_module({"route": route})
    menu = [{"title": title, "url": url} for title, url in module.menu]
    footer = [{"title": title, "url": url} for title, url in module.footer]
    return {**module.words, "menu": menu, "footer": footer}
