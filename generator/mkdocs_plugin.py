"""The MkDocs plugin: hands finished bodies past Markdown, and keeps the theme's files out; decides nothing.

In: a docs tree that `undelivered` wrote. Out: the same pages in their frame. MkDocs works without it too,
only slower: bodies are HTML already, and Markdown passes them on unchanged.
"""

from __future__ import annotations

import json

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

_FENCE = "---\n"


class UndeliveredConfig(Config):
    """No options: the content says everything."""


class UndeliveredPlugin(BasePlugin[UndeliveredConfig]):
    """Keeps MkDocs from reading HTML as Markdown and JSON as YAML, which takes nine tenths of its time."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Our own templates come first and those of MkDocs last; what stands between is the theme's."""
        del config.theme.dirs[1:-1]  # ten thousand icons, which would be looked through and left out
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Only what the generator made: no page asks for what the theme brings along."""
        for file in [one for one in files if one.src_dir != config.docs_dir]:
            files.remove(file)
        return files

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Markdown is not even started for an empty page: that takes a third of a page's time."""
        page.render = _nothing  # type: ignore[method-assign]
        page.content = ""
        return page

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        """The engine gets an empty page."""
        return ""

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the page its front matter and its body; not earlier, for all pages at once take much memory."""
        _, front, body = page.file.content_string.split(_FENCE, 2)
        page.meta = dict(json.loads(f"{{{line}}}").popitem() for line in front.splitlines())
        page.content = body.strip()
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let go of what the page has been given."""
        page.meta, page.content = {}, ""
        return output


def _nothing(config: MkDocsConfig, files: Files) -> None:
    """What there is to do with the Markdown of a page without any."""
