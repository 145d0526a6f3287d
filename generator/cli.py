"""The command `undelivered`: check, build, serve, new, schema. Works on the project in this folder.

Exit codes: 0 clean, 1 problems in the content or the build, 2 wrong use. Holds no decision.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from generator import ledger, pages, pipeline, schemas, site, starters, tree, workshop
from generator.model import CONTENT_TYPES
from generator.pipeline import Build, Tell
from generator.problems import FORMATS, as_text

CLEAN, PROBLEMS = 0, 1


class _Plain(click.Group):
    """Says in one line what the disk or somebody's stop did to a command; a trace helps no contributor."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a stop by a service cleans up as Ctrl-C does."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.ClickException(f"stopped; {site.SITE}/ is whole") from None
        except OSError as error:
            raise click.ClickException(f"{error}; {site.SITE}/ is whole") from None


@click.group(cls=_Plain, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Undelivered: from structured content to a site.

    Exit codes: 0 clean, 1 problems found, 2 wrong use.
    """


def project() -> Path:
    """The project in the current folder; wrong use when there is none."""
    root = Path.cwd()
    if not (root / "content").is_dir() or not (root / "mkdocs.yml").is_file():
        raise click.UsageError("no project here: run this where content/ and mkdocs.yml are")
    return root


@contextmanager
def progress() -> Iterator[Tell]:
    """A line on the terminal that says what is going on; nothing in a pipe."""
    shown = sys.stderr.isatty()

    def tell(stage: str) -> None:
        if shown:
            click.echo(f"\r\033[K{stage} …", nl=False, err=True)

    try:
        yield tell
    finally:
        if shown:
            click.echo("\r\033[K", nl=False, err=True)


def count(number: int, word: str) -> str:
    """1 problem, 2 problems."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def default_format() -> str:
    """Annotations inside GitHub's workflows, text elsewhere."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="Default: text; github in GitHub Actions.",
)
def check(form: str | None) -> None:
    """Check all content; print every problem with file, line and column."""
    form, root = form or default_format(), project()
    with progress() as tell:
        build = workshop.check(root, date.today(), tell)
    if build.problems or form == "json":
        click.echo(FORMATS[form](build.problems))
    if form != "json":
        click.echo(summary(build), err=form == "github")
    sys.exit(PROBLEMS if build.problems else CLEAN)


def summary(build: Build) -> str:
    """Entries by type, facts in use, and the number of problems."""
    kinds = Counter(entry.kind for entry in build.catalog)
    entries = ", ".join(count(number, kind) for kind, number in sorted(kinds.items()))
    facts = {entry.id for entry in build.catalog.of_kind("fact")}
    unused = len(facts - pages.used_facts(build.catalog))
    return f"{entries}; {unused} of {len(facts)} facts not used yet\n{count(len(build.problems), 'problem')}"


@main.command("build")
@click.option("--fresh", is_flag=True, help="Use nothing that earlier builds kept.")
def build_(fresh: bool) -> None:
    """Build the site into site/; a failed build leaves the last good site as it was."""
    root = project()
    try:
        with progress() as tell:
            done = workshop.make_site(root, date.today(), tell, fresh=fresh)
    except site.EngineError as error:
        click.echo(f"{error}\nthe site engine failed; the site built before stays", err=True)
        sys.exit(PROBLEMS)
    if done.problems:
        click.echo(as_text(done.problems))
        click.echo(f"{count(len(done.problems), 'problem')}; the site was not built")
        sys.exit(PROBLEMS)
    click.echo(f"{count(done.pages, 'page')}, 0 problems: {site.SITE}/ ({done.rendered} made anew)")


def refuse_address(address: str) -> None:
    """Wrong use when nothing can be served at an address such as 127.0.0.1:8000."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise click.UsageError(f'"{address}" is not an address such as 127.0.0.1:8000')
    try:
        socket.create_server((host, int(port))).close()
    except OSError as error:
        raise click.UsageError(f"nothing can be served at {address}: {error.strerror}") from None


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve.")
def serve(address: str) -> None:
    """Serve the site with live reload; survives a broken edit and shows what is wrong."""
    from generator import (
        dev_server,  # MkDocs' server takes a tenth of a second to load, and only this needs it
    )

    root = project()
    refuse_address(address)
    host, _, port = address.rpartition(":")
    watched = [root / name for name in (*workshop.READS, "generator/templates")]

    def rebuild() -> list[str]:
        try:
            done = workshop.make_preview(root, date.today())
        except (site.EngineError, OSError) as error:
            lines = [str(error)]
        else:
            lines = [str(problem) for problem in done.problems]
        said = [*lines, f"Problems: {len(lines)}. The last good pages stay."] if lines else ["No problems."]
        click.echo("\n".join(said))
        return lines

    dev_server.serve(host, int(port), root / site.PREVIEW.site, watched, rebuild)


@main.command()
@click.argument("type", type=click.Choice(list(CONTENT_TYPES)))
@click.argument("id")
def new(type: str, id: str) -> None:
    """Write a new entry of a TYPE with every field explained, ready to fill in."""
    root, kind = project(), CONTENT_TYPES[type]
    if not starters.is_id(id):
        raise click.UsageError(f'"{id}" is not an id: use lower-case words joined by hyphens')
    path = root / "content" / kind.folder / f"{id}{kind.suffix}"
    if path.exists():
        raise click.UsageError(f"{path.relative_to(root)} is already there")
    tree.write(path, starters.starter(kind, date.today()))
    click.echo(f"{path.relative_to(root)} is ready to fill in; then run: undelivered check")


@main.command()
def schema() -> None:
    """Write the JSON Schemas for editors and the ledger of ids."""
    root = project()
    written = sum(tree.write(root / path, text) for path, text in schemas.schemas().items())
    build = pipeline.check(root, date.today())
    known = ledger.to_text(build.catalog, pipeline.published_ids(root))
    written += tree.write(root / ledger.PATH, known)
    click.echo(f"{count(written, 'file')} changed")


if __name__ == "__main__":
    main()
