"""The MkDocs plugin: hands finished bodies past Markdown, and keeps the theme's files out; decides nothing.

In: a docs tree that `undelivered` wrote. Out: the same pages in their frame. MkDocs works without it too,
only slower: bodies are HTML already, and Markdown passes them on unchanged.
"""

from __future__ import annotations

import json
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

_FENCE = "---\n"


class UndeliveredConfig(Config):
    """No options: the content says everything."""


class UndeliveredPlugin(BasePlugin[UndeliveredConfig]):
    """Keeps MkDocs from reading HTML as Markdown and JSON as YAML, which takes nine tenths of its time."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[dict[str, Any], str]] = {}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Only what the generator made: no page asks for what the theme brings along."""
        for file in [one for one in files if one.src_dir != config.docs_dir]:
            files.remove(file)
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        """Set front matter and body aside; the engine gets an empty page."""
        _, front, body = page.file.content_string.split(_FENCE, 2)
        meta = dict(json.loads(f"{{{line}}}").popitem() for line in front.splitlines())
        self._read[page.file.src_uri] = meta, body.strip()
        return ""

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the page its front matter."""
        page.meta = self._read[page.file.src_uri][0]
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the page its body."""
        return self._read.pop(page.file.src_uri)[1]
