"""The MkDocs plugin: syncs the docs tree before a build and watches content/; decides nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin

from generator import pipeline, site, tree
from generator.lock import alone
from generator.problems import as_text


class UndeliveredConfig(Config):
    """No options: the content says everything."""


class UndeliveredPlugin(BasePlugin[UndeliveredConfig]):
    """Keeps the docs tree in step with the content while the site is served."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Sync the docs tree; on problems keep the last good one and show them on every page."""
        if site.READY in os.environ:
            return
        root = Path(config.config_file_path).parent
        build = pipeline.build(root, date.today())
        config.extra["problems"] = [str(problem) for problem in build.problems]
        if build.problems:
            print(f"{as_text(build.problems)}\nProblems: {len(build.problems)}. The last good pages stay.")
        else:
            with alone(root / site.BUILD):
                tree.sync(Path(config.docs_dir), build.pages)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch what contributors edit; the docs tree is ours, so its changes are no news."""
        root = Path(config.config_file_path).parent
        server.unwatch(config.docs_dir)
        for folder in ("content", "site_overrides", "generator/templates"):
            if (root / folder).is_dir():
                server.watch(str(root / folder))
        return server
