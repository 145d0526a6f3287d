"""A small project in one of two states, and the command `undelivered` run on it while something goes wrong.

In: a folder. Out: a project whose every page differs between state "one" and state "two", the manifest of each
published state, and processes to stop. It knows the command and its folders, and nothing of how it builds.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from built_site import ENVIRONMENT, copy_project
from projects import BASE

from generator.tree import write

SEED = int(os.environ.get("FAULTS_SEED", "20261122"))
SABOTEUR = Path(__file__).parent / "saboteur"
LONGEST = 60  # seconds that a command may take, whatever happens
STATES = ("one", "two")
TAKEN_OVER = {"site.next.json", "store.db-wal", "store.db-shm"}
"""What a killed build may leave in .build: the next one that has something to do takes it over, so nothing grows."""

Manifest = Mapping[str, str]


def manifest(folder: Path) -> dict[str, str]:
    """Each file below a folder with a digest of its bytes; each link with where it leads."""
    found = {}
    for top, folders, names in os.walk(folder):
        for path in (Path(top) / name for name in (*folders, *names)):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found[name] = f"link to {path.readlink()}"
            elif not path.is_dir():
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def told(done: subprocess.CompletedProcess[str]) -> str:
    """All that a command said."""
    return f"{done.stdout}{done.stderr}"


def assert_one_message(done: subprocess.CompletedProcess[str], wanted: str = "") -> None:
    """A command that failed says so in a few plain lines, without a trace."""
    said = told(done)
    assert done.returncode == 1, f"{done.returncode}: {said}"
    assert "Traceback" not in said, said
    assert 1 <= len(said.strip().splitlines()) <= 4, said
    assert re.search(wanted, said), said


@dataclass(frozen=True)
class Project:
    """A copy of the project with the small content of tests/golden/base, in one of its two states."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def build_folder(self) -> Path:
        return self.root / ".build"

    def set(self, state: str) -> None:
        """Write the content of a state: every title, and with it every page, differs from the other state's."""
        for original in sorted((BASE / "content").glob("*/*.*")):
            text = original.read_text("utf-8").replace("\ntitle: ", f"\ntitle: {state.capitalize()}, ")
            path = self.root / original.relative_to(BASE)
            # In one move, as editors save: a build that reads at this moment sees the old text or the new one.
            write(path, text)

    @cached_property
    def states(self) -> dict[str, Manifest]:
        """What is published in each state, from builds that nothing disturbed."""
        found = {}
        for state in (*STATES, STATES[0]):
            self.set(state)
            done = self.run()
            assert done.returncode == 0, told(done)
            assert found.get(state, manifest(self.site)) == manifest(self.site)
            found[state] = manifest(self.site)
        one, two = found.values()
        pages = [name for name in one if name.endswith("/index.html")]
        assert len(pages) > 10
        assert [name for name in pages if one[name] == two.get(name)] == [], (
            "a page is the same in both states"
        )
        return found

    @cached_property
    def kept(self) -> frozenset[str]:
        """What stands in .build when both states were built in peace."""
        assert self.states
        return frozenset(manifest(self.build_folder)) | TAKEN_OVER

    def state(self) -> str:
        """Which state is published; "" when it is a mixture, or a half, or nothing."""
        found = manifest(self.site)
        return next((name for name, whole in self.states.items() if whole == found), "")

    def assert_whole(self, why: str = "") -> str:
        """The published folder is one state from its first file to its last; tells which."""
        if not (state := self.state()):
            found, whole = manifest(self.site), self.states["two"]
            wrong = sorted(name for name in {*found, *whole} if found.get(name) != whole.get(name))
            raise AssertionError(f"{why}: a mixture is published, or a half: {wrong[:10]}")
        return state

    def heal(self, state: str) -> None:
        """The next build publishes this state, and nothing stays in .build that was not there in times of peace."""
        self.set(state)
        done = self.run()
        assert done.returncode == 0, told(done)
        assert self.assert_whole("after the next build") == state
        # What `serve` shows, and the one folder that no build knew to be its own, are kept on purpose.
        meant = ("preview", "site-before/")
        left = sorted(
            name for name in {*manifest(self.build_folder)} - self.kept if not name.startswith(meant)
        )
        assert left == [], f"{len(left)} files stay in .build: {left[:10]}"

    def start(self, *arguments: str, **options: object) -> subprocess.Popen[str]:
        """The command, in a process group of its own."""
        extra = options.pop("environment", {})
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            [*options.pop("prefix", ()), sys.executable, "-m", "generator", *(arguments or ("build",))],  # type: ignore[misc]
            cwd=self.root,
            env={**ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1", **extra},  # type: ignore[dict-item]
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **options,
        )

    def run(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        """The command, to its end, within bounds."""
        return finish(self.start(*arguments, **options))

    def length(self) -> float:
        """Seconds that a build takes right now which has something to do."""
        self.heal("one")
        self.set("two")
        began = time.monotonic()
        assert self.run().returncode == 0
        took = time.monotonic() - began
        self.heal("one")
        return took

    def sabotaged(self, want: str) -> dict[str, object]:
        """Options for a command that meets a fault of the disk: see saboteur/sitecustomize.py."""
        counter = self.root.with_name(f"{self.root.name}.changes")
        counter.unlink(missing_ok=True)
        return {
            "environment": {
                "SABOTAGE": want,
                "SABOTAGE_ROOT": str(self.root),
                "SABOTAGE_COUNTER": str(counter),
                "PYTHONPATH": str(SABOTEUR),
            }
        }

    def changes(self, state: str) -> int:
        """How many changes to the disk a build to this state makes."""
        self.set(state)
        done = self.run(**self.sabotaged("count"))
        assert done.returncode == 0, told(done)
        return self.changed_so_far()

    def changed_so_far(self) -> int:
        """How many changes to the disk the last sabotaged command made."""
        return self.root.with_name(f"{self.root.name}.changes").stat().st_size

    def heal_without(self, extra: Path) -> None:
        """Build without one more content file."""
        extra.unlink(missing_ok=True)
        done = self.run()
        assert done.returncode == 0, told(done)


def finish(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """What a command said and how it ended; one that does not end is a failure."""
    try:
        out, err = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        stop_group(process, signal.SIGKILL)
        out, err = process.communicate()
        raise AssertionError(f"did not end within {LONGEST} s: {out}{err}") from None
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def stop_group(process: subprocess.Popen[str], how: signal.Signals) -> None:
    """A signal to the command and to all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)


def still_runs(process: subprocess.Popen[str]) -> bool:
    """Whether something that the command started runs on without it."""
    for _ in range(40):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


def make(folder: Path) -> Project:
    """A project in state "one", built, with both states known."""
    root = copy_project(folder / "copy")
    shutil.rmtree(root / "content")
    project = Project(root)
    assert project.kept
    return project


def moments(count: int, length: float, salt: str) -> Iterator[float]:
    """Seeded moments of a build, one in each slice of its length, so that all of it is met."""
    chance = random.Random(f"{SEED} {salt}")
    slices = [length * 1.1 * (number + chance.random()) / count for number in range(count)]
    chance.shuffle(slices)
    yield from slices


def limited(size: int) -> Callable[[], None]:
    """For a new process: no file may grow beyond this size, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def with_rights(path: Path, mode: int) -> Iterator[None]:
    """A file or folder whose rights are others for a while."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


def as_nobody_special() -> tuple[str, ...]:
    """What a command is run with so that rights count for it, also when the tests are run by root."""
    if os.geteuid():
        return ()
    if not (found := shutil.which("setpriv")):
        raise RuntimeError("run the tests as an ordinary user, or install setpriv (package util-linux)")
    return (found, "--bounding-set", "-dac_override,-dac_read_search", "--")
