"""`.htaccess` for Apache.

In: the headers of every answer, the site's address. Out: its text. It knows no page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from generator.hosting.rules import CACHE, CHECK_FIRST, TYPES, is_text
from generator.policy import TRANSPORT


def text(headers: Mapping[str, str], site_url: str) -> str:
    """The file: Apache 2.4 reads it in the site's folder where AllowOverride lets it."""
    below = urlsplit(site_url).path.rstrip("/")
    types = "\n".join(f"AddType {media} .{end}" for end, media in TYPES.items())
    charsets = " ".join(f".{end}" for end, media in TYPES.items() if is_text(media))
    squeezed = " ".join(sorted({media for media in TYPES.values() if is_text(media)}))
    return f"""\
# Apache 2.4 reads this file when the site's folder has "AllowOverride All": docs/hosting/apache.md.
Options -Indexes -MultiViews
DirectoryIndex index.html
ErrorDocument 403 {below}/404.html
ErrorDocument 404 {below}/404.html

{types}
AddCharset utf-8 {charsets}

# With a compressed answer Apache changes the ETag and then never finds it again: the date is enough.
FileETag None

<FilesMatch "^(?:_headers|\\.ht.*)$">
  Require all denied
</FilesMatch>

<IfModule mod_headers.c>
{_headers(headers)}
  # Only when https will stay for a year:
  # Header always set {TRANSPORT[0]} "{TRANSPORT[1]}"

  Header always set Cache-Control "{CHECK_FIRST}"
{_cache(below)}
</IfModule>

<IfModule mod_deflate.c>
  AddOutputFilterByType DEFLATE {squeezed}
</IfModule>
"""


def _headers(headers: Mapping[str, str]) -> str:
    return "\n".join(f'  Header always set {name} "{value}"' for name, value in headers.items())


def _cache(below: str) -> str:
    # The last section that fits counts here, and the first rule counts with us.
    return "\n".join(
        f"  # {rule.what}\n"
        f'  <If "%{{REQUEST_URI}} =~ m#^{re.escape(below)}/(?:{rule.pattern})$#">\n'
        f'    Header always set Cache-Control "{rule.value}"\n'
        "  </If>"
        for rule in reversed(CACHE)
    )
