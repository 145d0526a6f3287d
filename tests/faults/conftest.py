"""Fixtures for the faults: a small project that is built in peace once, and a copy of it for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builds import Project, make


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
