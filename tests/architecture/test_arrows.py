"""The house: which way the arrows point, and who may touch what; read from the code itself."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from jinja2 import Environment, nodes

PROJECT = Path(__file__).parent.parent.parent
GENERATOR = PROJECT / "generator"
FILES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(GENERATOR.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in FILES.items()}

# Top to bottom; a module imports from its own floor or from those below.
FLOORS = [
    {"__main__"},
    {"cli", "mkdocs_plugin", "dev_server"},
    {"workshop"},
    {"pipeline", "site", "starters"},
    {"tree", "disk_store", "ground"},
    {"rendering"},
    {
        "source",
        "assets",
        "decode",
        "loose",
        "checks",
        "pages",
        "render",
        "schemas",
        "view",
        "letter_view",
        "ledger",
        "references",
        "hosting",
        "search",
        "trace",
        "remember",
    },
    {
        "yaml_nodes",
        "catalog",
        "letters",
        "letter_tree",
        "letter_blank",
        "letter_faults",
        "pointers",
        "prose",
        "search_words",
        "urls",
        "words",
        "offline",
        "folder",
        "zips",
    },
    {"document", "policy", "digest", "store"},
    {"problems"},
    {"model"},
]
ADAPTERS = FLOORS[1]
WITH_FILES = {
    "source",
    "tree",
    "disk_store",
    "ground",
    "site",
    "pipeline",
    "workshop",
    "cli",
    "mkdocs_plugin",
    "dev_server",
    "words",
    "render",
}
ALONE = {
    "yaml": {"yaml_nodes"},
    "jinja2": {"render", "letters"},
    "markdown_it": {"prose"},
    "mkdocs": {"mkdocs_plugin", "dev_server"},
    "selectolax": {"search"},
    "sqlite3": {"disk_store"},
    "click": {"cli"},
    "rcssmin": {"assets"},
    "rjsmin": {"assets"},
}
# Names whose call reads or writes a disk, whatever they are called on.
DISK = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "iterdir",
    "rglob",
    "glob",
    "mkdir",
    "unlink",
    "rmdir",
    "rename",
    "touch",
    "exists",
    "is_file",
    "is_dir",
    "is_symlink",
    "stat",
    "symlink_to",
    "rmtree",
    "copytree",
    "walk",
    "listdir",
    "scandir",
}
WORLD = {  # the clock, the environment, the folder
    ("os", "environ"),
    ("os", "getenv"),
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "monotonic"),
    ("Path", "cwd"),
    ("Path", "home"),
}
FORBIDDEN = {"socket", "urllib.request", "http.client", "requests", "pickle", "importlib", "random", "ctypes"}


def room(name: str) -> str:
    """The part of the house that a module belongs to."""
    return name.split(".")[1] if "." in name else name


def imports(name: str) -> Iterator[str]:
    """Every module that a module imports, in full."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in FILES else str(node.module)


def inside(name: str) -> set[str]:
    """The modules of the generator that a module imports."""
    return {one for one in imports(name) if one.split(".")[0] == "generator"} - {"generator"}


def floor(part: str) -> int:
    return next(number for number, parts in enumerate(FLOORS) if part in parts)


def test_every_module_has_its_floor() -> None:
    assert {room(name) for name in FILES} - {"generator"} == set().union(*FLOORS)


@pytest.mark.parametrize("name", FILES)
def test_arrows_point_down(name: str) -> None:
    up = {one for one in inside(name) if room(name) != "generator" and floor(room(one)) < floor(room(name))}
    assert up == set()
    if room(name) not in ("__main__", "cli"):
        assert not {room(one) for one in inside(name)} & ADAPTERS, "only the command imports an adapter"


def test_there_are_no_circles() -> None:
    done: set[str] = set()
    left = {name: inside(name) for name in FILES}
    while ready := {name for name, needs in left.items() if name not in done and needs <= done}:
        done |= ready
    assert set(left) - done == set()


def test_models_know_nothing_but_models() -> None:
    for name in FILES:
        if room(name) == "model":
            assert {room(one) for one in inside(name)} <= {"model"}, name


@pytest.mark.parametrize("package", ALONE)
def test_each_library_has_its_room(package: str) -> None:
    users = {room(name) for name in FILES if any(one.split(".")[0] == package for one in imports(name))}
    assert users == ALONE[package]


def test_nobody_reaches_for_the_network_or_for_chance() -> None:
    # The command asks whether its own address is free; nothing else opens a socket. Python knows no call that
    # lets two folders change places at one moment, and without it a kill between two renames leaves no site:
    # tests/faults/test_build_killed.py. So one module asks the C library, for that call alone. Another asks
    # for the versions of packages: what was made with others is not used.
    allowed = {("cli", "socket"), ("site", "ctypes"), ("ground", "importlib.metadata")}
    for name in FILES:
        used = {one for one in imports(name) if one in FORBIDDEN or one.split(".")[0] in FORBIDDEN}
        assert not {one for one in used if (room(name), one) not in allowed}, name
    assert {room(name) for name in FILES if "subprocess" in imports(name)} == {"site"}


def touches(name: str) -> set[str]:
    """What a module reads of the world outside: files, the clock, the environment."""
    found = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (node.value.id, node.attr) in WORLD:
                found.add(f"{node.value.id}.{node.attr}")
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in DISK:
                found.add(called)
    return found


@pytest.mark.parametrize("name", FILES)
def test_only_the_doors_touch_files_clock_and_environment(name: str) -> None:
    assert room(name) in WITH_FILES or touches(name) == set()


def test_the_doors_are_really_seen() -> None:
    assert "read_bytes" in touches("generator.source")
    assert "write_bytes" in touches("generator.tree")
    assert "os.environ" in touches("generator.site.engine")
    assert {"date.today", "os.environ"} <= touches("generator.cli")


@pytest.mark.parametrize(
    "name", ["generator.pipeline", "generator.render", "generator.words", "generator.source"]
)
def test_the_day_and_the_environment_come_from_outside(name: str) -> None:
    assert not {one for one in touches(name) if "." in one}


@pytest.mark.parametrize("name", FILES)
def test_a_module_has_at_most_300_lines_and_says_what_it_is(name: str) -> None:
    assert len(FILES[name].read_text("utf-8").splitlines()) <= 300
    assert (ast.get_docstring(TREES[name]) or "").split("\n")[0].endswith((".", "?"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end: signature and body, without decorators and without the docstring."""
    first = function.body[0]
    told = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if told else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_half_of_all_functions_have_8_lines_or_fewer(capsys: pytest.CaptureFixture[str]) -> None:
    lengths = sorted(length(one) for tree in TREES.values() for one in functions(tree))
    with capsys.disabled():
        print(f" {len(lengths)} functions, median {median(lengths)}, longest {lengths[-5:]} ", end="")
    assert len(lengths) > 200
    assert median(lengths) <= 8
    assert sum(one > 30 for one in lengths) <= 3


@pytest.mark.parametrize("name", FILES)
def test_public_functions_and_classes_have_a_sentence(name: str) -> None:
    def walk(body: list[ast.stmt], owner: str = "") -> Iterator[str]:
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                if not ast.get_docstring(node):
                    yield f"{owner}{node.name}"
                if isinstance(node, ast.ClassDef):
                    yield from walk(node.body, f"{node.name}.")

    assert list(walk(TREES[name].body)) == []


OVERRIDES = sorted((PROJECT / "site_overrides").rglob("*.html"))


@pytest.mark.parametrize("path", OVERRIDES, ids=lambda path: path.name)
def test_theme_templates_call_no_python_methods(path: Path) -> None:
    # Zensical's templates know attributes and filters; `lang.t` is a macro of the theme.
    tree = Environment(extensions=["jinja2.ext.do"]).parse(path.read_text("utf-8"))
    calls = [one.node for one in tree.find_all(nodes.Call) if isinstance(one.node, nodes.Getattr)]
    methods = [
        f"{getattr(one.node, 'name', '?')}.{one.attr}"
        for one in calls
        if not (isinstance(one.node, nodes.Name) and (one.node.name, one.attr) == ("lang", "t"))
    ]
    assert methods == []


MADE = {
    ".git",
    ".venv",
    ".build",
    "site",
    ".cache",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "dist",
}


def texts() -> Iterator[tuple[Path, str]]:
    for top, folders, names in os.walk(PROJECT):
        folders[:] = [one for one in folders if one not in MADE and not one.endswith(".egg-info")]
        for name in set(names) - MADE:  # in a worktree .git is a file
            try:
                yield Path(top) / name, (Path(top) / name).read_text("utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    places = re.compile("/(?:" + "|".join(["home", "root", "work", "Users"]) + r")/\w")
    found = {path: places.findall(text) for path, text in texts() if not text.startswith("{%")}
    assert {path.name: hits for path, hits in found.items() if hits} == {}
