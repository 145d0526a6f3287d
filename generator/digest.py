"""Digest: one short word for any texts or bytes, which changes when any of them does."""

from __future__ import annotations

import hashlib


def digest(*parts: str | bytes) -> str:
    """A short word for the parts, in this order; 128 bits, so that no two inputs ever share one by chance."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:32]
