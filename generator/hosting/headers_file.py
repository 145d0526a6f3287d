"""`_headers` for Netlify and Cloudflare Pages: one file that both read alike.

In: the headers of every answer, and the site's paths. Out: its text. It knows no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from generator.hosting.rules import CACHE

# https://developers.cloudflare.com/pages/configuration/headers/; Netlify names no limit.
MOST_RULES: Final = 100
LONGEST_LINE: Final = 2_000

_HEAD = """\
# Netlify and Cloudflare Pages read this file at the top of the published folder: docs/hosting/.
# Both join the values of all rules that fit an address, so no two rules set the same header for one file.
# Pages have no Cache-Control here: both hosts send "public, max-age=0, must-revalidate" by themselves.
"""


def text(headers: Mapping[str, str], paths: Iterable[str]) -> str:
    """The file; ValueError when Cloudflare would not take it whole."""
    everywhere = _rule("/*", headers)
    kept = [(path, rule.value) for path in sorted(paths) for rule in CACHE if rule.holds(path)]
    # The first rule of a path counts, and comes last into the mapping.
    by_path = dict(reversed(kept))
    rules = [everywhere, *(_rule(f"/{path}", {"Cache-Control": by_path[path]}) for path in sorted(by_path))]
    _refuse_too_much(rules)
    return _HEAD + "\n".join(["", *rules])


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return "".join([f"{path}\n", *(f"  {name}: {value}\n" for name, value in headers.items())])


def _refuse_too_much(rules: list[str]) -> None:
    if len(rules) > MOST_RULES:
        raise ValueError(f"_headers: {len(rules)} rules, and Cloudflare Pages takes {MOST_RULES}")
    longest = max((line for rule in rules for line in rule.splitlines()), key=len)
    if len(longest) > LONGEST_LINE:
        name = longest.strip().partition(":")[0]
        raise ValueError(
            f"_headers: {name} has {len(longest)} characters, and Cloudflare Pages takes {LONGEST_LINE}:"
            " are there many different inline scripts?"
        )
