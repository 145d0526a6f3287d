"""The content security policy of the pages.

In: the hashes of the scripts that stand inside pages. Out: one line. It knows no server and no page.
"""

from __future__ import annotations

from collections.abc import Iterable


def policy(scripts: Iterable[str], *, in_page: bool) -> str:
    """The policy for pages that hold these scripts (sha256-…); a page itself cannot say who may frame it."""
    hashes = "".join(f" '{one}'" for one in scripts)
    parts = [
        "default-src 'none'",
        f"script-src 'self'{hashes}",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        *([] if in_page else ["frame-ancestors 'none'"]),
        "require-trusted-types-for 'script'",
        "trusted-types undelivered",
    ]
    return "; ".join(parts)
