"""Killed, stopped, or twice at once: what is published is one state from its first file to its last."""

from __future__ import annotations

import random
import shutil
import signal
import socket
import threading
import time
from collections import Counter
from contextlib import suppress

import pytest
from builds import (
    SEED,
    Project,
    assert_one_message,
    finish,
    moments,
    still_runs,
    stop_group,
    told,
)

pytestmark = pytest.mark.slow


def kill_at(project: Project, moment: float) -> None:
    process = project.start()
    time.sleep(moment)
    stop_group(process, signal.SIGKILL)
    process.communicate()


def test_a_kill_at_50_moments_never_harms_what_is_published(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Counter[str]()
    for group in range(5):  # the machine may be slower or faster by now
        for moment in moments(10, project.length(), f"kill {group}"):
            published = project.state()
            project.set("two" if published == "one" else "one")
            kill_at(project, moment)
            after = project.assert_whole(f"killed after {moment:.3f} s")
            found["new" if after != published else "old"] += 1
        project.heal("one")
    with capsys.disabled():
        print(f" seed {SEED}: 50 kills, {dict(found)} whole afterwards", end=" ")
    assert found["old"] >= 10


def test_a_kill_at_any_of_the_last_changes_to_the_disk_never_harms_what_is_published(
    project: Project,
) -> None:
    """The exchange is over in less than a millisecond, so these kills count changes, not seconds."""
    project.heal("one")
    last = project.changes("two")
    project.heal("one")
    files = len(project.states["one"])
    chance = random.Random(f"{SEED} changes")
    # Behind the exchange the old site is deleted, file by file; before it the last files are made.
    numbers = {max(last - files * step // 6 - chance.randrange(3), 1) for step in range(15)} | {
        last,
        last - 1,
    }
    found = Counter[str]()
    for number in sorted(numbers):
        project.set("two" if (published := project.state()) == "one" else "one")
        done = project.run(**project.sabotaged(f"kill@{number}"))
        assert done.returncode in (-signal.SIGKILL, 0), told(done)
        found[
            "old" if project.assert_whole(f"killed at change {number} of {last}") == published else "new"
        ] += 1
    assert found["old"], found
    assert found["new"], found
    project.heal("one")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
@pytest.mark.parametrize("whom", ["group", "command"])
def test_a_build_that_is_stopped_says_so_and_leaves_nothing_running(
    project: Project, how: signal.Signals, whom: str
) -> None:
    project.heal("one")
    for moment in moments(5, project.length(), f"{how} {whom}"):
        project.set("two" if project.state() == "one" else "one")
        process = project.start()
        time.sleep(max(moment, 0.1))  # before that, Python itself is still starting
        if whom == "group":
            stop_group(process, how)
        else:
            process.send_signal(how)
        done = finish(process)
        project.assert_whole(f"{how.name} after {moment:.3f} s")
        assert not still_runs(process)
        assert "Traceback" not in told(done), told(done)
        if done.returncode not in (0, -how):  # not over already, and not while it was still loading
            assert_one_message(done, "stopped; site/ is whole")
    project.heal("one")


def watch(project: Project, done: threading.Event, missing: list[float]) -> None:
    """Looks for the home page all the time, as a web server does."""
    while not done.is_set():
        if not (project.site / "index.html").exists():
            missing.append(time.monotonic())


def test_two_builds_at_once_do_not_mix_and_there_is_always_a_site(healed: Project) -> None:
    length, over, missing = healed.length(), threading.Event(), list[float]()
    looking = threading.Thread(target=watch, args=(healed, over, missing))
    looking.start()
    for round in range(3):
        healed.set("one")
        first = healed.start()
        time.sleep(length * (0.2 + round * 0.3))
        healed.set("two")
        second = healed.start()
        third = healed.start()
        for process in (first, second, third):
            done = finish(process)
            assert done.returncode == 0, told(done)
        assert healed.assert_whole("three builds at once") == "two"
    over.set()
    looking.join()
    assert missing == []


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


def test_a_build_beside_serve_is_not_mixed_with_what_serve_shows(healed: Project) -> None:
    address = free_address()
    serving = healed.start("serve", "--address", address)
    host, _, port = address.partition(":")
    for _ in range(200):
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            break
        time.sleep(0.1)
    for state in ("one", "two", "one", "two"):
        healed.set(state)
        done = healed.run()
        assert done.returncode == 0, told(done)
        assert healed.assert_whole("built beside serve") == state
    stop_group(serving, signal.SIGTERM)
    assert "Traceback" not in told(finish(serving))
    assert not still_runs(serving)


@pytest.mark.parametrize("folder", [".build", "site", "content"])
def test_a_folder_deleted_while_the_site_is_built_gives_one_message_or_a_whole_site(
    project: Project, folder: str
) -> None:
    for moment in moments(4, project.length(), folder):
        project.heal("one")
        project.set("two")
        process = project.start()
        time.sleep(moment)
        shutil.rmtree(project.root / folder, ignore_errors=True)
        done = finish(process)
        if done.returncode:
            assert "Traceback" not in told(done), told(done)
            assert told(done).strip()
        if project.site.exists():
            project.assert_whole(f"{folder} deleted after {moment:.3f} s")
        else:
            assert folder == "site"
    project.heal("one")
