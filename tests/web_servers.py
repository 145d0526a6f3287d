"""nginx and Apache as children of a test: a folder and a generated configuration in, an address out.

In: the configuration as a publisher gets it, and the folder of a site. Out: an address on 127.0.0.1 until the
block ends. Only the lines that a publisher is asked to change are changed. It opens no page.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).parents[1]
SYSTEM = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


@dataclass(frozen=True)
class Answer:
    """What a server said to one request."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class WebServer:
    """A running server, and the lines it wrote about requests: what was asked, referrer, cookies."""

    address: str
    log: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request on a connection of its own; follows nothing and unpacks nothing."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, urlsplit(self.address).path.rstrip("/") + path, headers=sent)
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return found


def find(*names: str, near: Path | None = None) -> str:
    """The path of a server; RuntimeError that says how to get one, since no test passes by not running."""
    for name in names:
        if found := shutil.which(name, path=SYSTEM):
            return found
    if near and near.is_file():
        return str(near)
    raise RuntimeError(f"no {names[0]} for the tests: `make browser` sets it up, or install {names[0]}")


def edited(text: str, changes: dict[str, str]) -> str:
    """The configuration with the publisher's own lines; each stands in it exactly once."""
    for old, new in changes.items():
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text


_NGINX = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 128; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format all '$request "$http_referer" "$http_cookie"';
    include {folder}/site.conf;
}}
"""


@contextmanager
def nginx(conf: str, site: Path, *, below: str = "", logged: bool = False) -> Iterator[WebServer]:
    """Serve `site` by the generated nginx.conf; with `logged` every request is written down for the test."""
    program = find("nginx", near=PROJECT / ".build/nginx/usr/sbin/nginx")
    with tempfile.TemporaryDirectory() as made:
        folder, port = Path(made), free_port()
        changes = {
            "listen 80;": f"listen 127.0.0.1:{port};",
            "root /var/www/undelivered;": f"root {site};",
        }
        if logged:
            changes["access_log off;"] = f"access_log {folder}/access.log all;"
        (folder / "site.conf").write_text(edited(conf, changes))
        (folder / "nginx.conf").write_text(_NGINX.format(folder=folder))
        command = [program, "-p", made, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        with _running(command, port):
            yield WebServer(f"http://127.0.0.1:{port}/{below}", folder / "access.log")
            said = (folder / "error.log").read_text()
        assert said == "", f"nginx complained: {said}"


_APACHE = """\
ServerName 127.0.0.1
ServerRoot {folder}
DefaultRuntimeDir {folder}
PidFile {folder}/httpd.pid
ErrorLog {folder}/error.log
LogLevel warn
Listen 127.0.0.1:{port}
{modules}
<IfModule unixd_module>
  User {user}
  Group {group}
</IfModule>
TypesConfig {folder}/mime.types
DocumentRoot {folder}/site
<Directory {folder}/site>
  AllowOverride All
  Require all granted
</Directory>
"""
_MODULES = "mpm_event unixd authz_core mime dir alias headers deflate filter negotiation autoindex log_config"


@contextmanager
def apache(site: Path, *, below: str = "") -> Iterator[WebServer]:
    """Serve a copy of `site` by the .htaccess in it."""
    program = find("apache2", "httpd")
    with tempfile.TemporaryDirectory() as made:
        folder, port = Path(made), free_port()
        folder.chmod(0o755)  # as root, Apache serves as somebody else
        shutil.copytree(site, folder / "site")
        (folder / "mime.types").write_text("")
        (folder / "httpd.conf").write_text(_apache_conf(folder, port))
        command = [program, "-X", "-f", str(folder / "httpd.conf")]
        with _running(command, port):
            yield WebServer(f"http://127.0.0.1:{port}/{below}", folder / "access.log")
        said = (folder / "error.log").read_text().splitlines()
        complaints = [line for line in said if re.search(r":(?:warn|error|crit)\]", line)]
        # A refused listing and a refused file are what the tests ask for.
        assert [line for line in complaints if "AH01276" not in line and "AH01630" not in line] == []


def _apache_conf(folder: Path, port: int) -> str:
    shelves = ("/usr/lib/apache2/modules", "/usr/libexec/apache2", "/usr/lib64/httpd/modules")
    shelf = next((Path(one) for one in shelves if Path(one).is_dir()), None)
    assert shelf, "Apache's modules are nowhere"
    modules = "\n".join(
        f"LoadModule {name}_module {shelf}/mod_{name}.so"
        for name in _MODULES.split()
        if (shelf / f"mod_{name}.so").is_file()  # some are built in
    )
    return _APACHE.format(folder=folder, port=port, modules=modules, user="nobody", group="nogroup")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses right now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    """Run a server until the block ends, from the moment it answers."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        _wait(server, port)
        yield
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _wait(server: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server did not start: {server.communicate()[0]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not answer within 20 seconds")
