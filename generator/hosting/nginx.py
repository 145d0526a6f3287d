"""A server block for nginx.

In: the headers of every answer, the site's address. Out: its text. It knows no page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from generator.hosting.rules import CACHE, CHECK_FIRST, TYPES, is_text
from generator.policy import TRANSPORT


def text(headers: Mapping[str, str], site_url: str) -> str:
    """The file: for nginx's conf.d, where it is read inside its http block."""
    address = urlsplit(site_url)
    below = address.path.rstrip("/")
    texts = sorted({media for media in TYPES.values() if is_text(media)} - {"text/html"})
    return f"""\
# The whole site for nginx, read inside its http block: docs/hosting/nginx.md.
# Made by "make site" from the built pages; after a change of an inline script it must be copied again.
# Three lines are yours: listen, server_name and root{_below(below)}.

map $uri $undelivered_cache {{
    default "{CHECK_FIRST}";
{_cache(below)}
}}

server {{
    listen 80;
    server_name {address.hostname or "_"};
    root /var/www/undelivered;

    index index.html;
    error_page 404 {below}/404.html;
    absolute_redirect off;
    server_tokens off;

    # Nothing about readers is kept, not even which pages were missing.
    access_log off;
    log_not_found off;

    # Each location inherits these only while it adds none of its own.
{_headers(headers)}
    add_header Cache-Control $undelivered_cache always;
    # Only when https will stay for a year:
    # add_header {TRANSPORT[0]} "{TRANSPORT[1]}" always;

    types {{
{_types()}
    }}
    default_type application/octet-stream;
    charset utf-8;
    charset_types {" ".join(texts)};

    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_comp_level 6;
    gzip_min_length 512;
    gzip_types {" ".join(texts)};

    location / {{
        try_files $uri $uri/ =404;
    }}
    location ~ /$ {{
        # Looked up as a folder, one without a page would be an error, and the address of its reader logged.
        try_files ${{uri}}index.html =404;
    }}
    location ~ /(?:_headers$|\\.(?!well-known/)) {{
        return 404;
    }}
}}
"""


def _below(path: str) -> str:
    return f", which is the folder that holds {path.lstrip('/')}/" if path else ""


def _headers(headers: Mapping[str, str]) -> str:
    return "\n".join(f'    add_header {name} "{value}" always;' for name, value in headers.items())


def _cache(below: str) -> str:
    return "\n".join(
        f'    # {rule.what}\n    "~^{re.escape(below)}/(?:{rule.pattern})$" "{rule.value}";' for rule in CACHE
    )


def _types() -> str:
    kinds = sorted(set(TYPES.values()))
    ends = {kind: " ".join(end for end, media in TYPES.items() if media == kind) for kind in kinds}
    return "\n".join(f"        {kind} {ends[kind]};" for kind in kinds)
