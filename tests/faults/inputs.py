"""Hostile input by the ten thousand, from a seed: what a storage, an address or a letter's field may hold.

In: a random source. Out: texts. `COUNTS` is how many of each kind one run tries; FAULTS_TIMES multiplies them and
FAULTS_SEED draws others. It opens no page and knows no script.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from plants import MARKUP

SEED = int(os.environ.get("FAULTS_SEED", "20261122"))
TIMES = int(os.environ.get("FAULTS_TIMES", "1"))
COUNTS = {"yaml": 20_000, "stored": 35_000, "query": 15_000, "letter": 30_000}
"""A hundred thousand in all."""

LONE = "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}LONE\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
"""Stands for half of a surrogate pair, which no text can carry to the browser."""
ALL_MARKUP = tuple(plant for plants in MARKUP.values() for plant in plants)
# The first characters of blocks from all over Unicode, and how many to draw from.
_BLOCKS = (
    (0x20, 95), (0xA0, 96), (0x100, 128), (0x250, 96), (0x300, 112), (0x370, 144), (0x400, 256), (0x530, 96),
    (0x590, 112), (0x600, 256), (0x700, 80), (0x900, 128), (0xE00, 128), (0x1000, 160), (0x10A0, 96),
    (0x1100, 256), (0x1780, 128), (0x1E00, 256), (0x2000, 112), (0x20A0, 48), (0x2190, 112), (0x2500, 128),
    (0x2600, 256), (0x3040, 192), (0x4E00, 2000), (0xAC00, 2000), (0xE000, 64), (0xFB00, 512), (0xFE00, 256),
    (0x10330, 32), (0x1D400, 256), (0x1F300, 700), (0x1F1E6, 26), (0xE0020, 96),
)  # fmt: skip
_CONTROL = [
    chr(code) for code in (*range(32), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F))
]
_PIECES = (
    "\u202e", "\u2066", "\u2069", "\u200d", "\ufeff", "\u0000", "\r\n", "\n\n\n", "\t", "\u2028", LONE,
    "👩\u200d👩\u200d👧\u200d👦",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇬🇧", "e\u0301" * 20,
    "مرحبا", "שלום", "ไทย", "日本語", "한국어", "ß", "İ", "ǆ", "ﬁ", "½", "٣", "\\", "\\u003c", "%3Cscript%3E",
    "%", "%zz",
    "{{ name }}", "{% if x %}", "{done}", "${pwned}", "`pwned`", "$&", "$1", "__proto__", "constructor", "toString",
    "null", "undefined", "NaN", "true", "0", "-1", "1e999", "[object Object]", "=1+1", "@SUM(A1)", "\"'`",
    "</", "]]>",
    "Subject: x", "\nSubject: x", "Bcc: a@pwned.example", "END:VCALENDAR",
)  # fmt: skip


def chance(kind: str) -> random.Random:
    """The random source of one kind of input."""
    return random.Random(f"{SEED} {kind}")


def count(kind: str) -> int:
    """How many inputs of a kind are tried."""
    return COUNTS[kind] * TIMES


def told(kind: str) -> str:
    """The line that a run prints, so that it can be repeated."""
    return f" inputs: {kind} {count(kind)} (seed {SEED})"


def text(draw: random.Random) -> str:
    """Anything that can be typed or pasted."""
    ways: list[Callable[[random.Random], str]] = [
        _one_block,
        _one_block,
        _mixed,
        _markup,
        _markup,
        _controls,
        _long,
    ]
    return draw.choices(ways, weights=[4, 4, 6, 6, 6, 3, 1])[0](draw)


def _character(draw: random.Random) -> str:
    start, size = draw.choice(_BLOCKS)
    return chr(start + draw.randrange(size))


def _one_block(draw: random.Random) -> str:
    start, size = draw.choice(_BLOCKS)
    return "".join(chr(start + draw.randrange(size)) for _ in range(draw.randrange(1, 40)))


def _mixed(draw: random.Random) -> str:
    parts = (draw.choice((draw.choice(_PIECES), _character(draw), " ")) for _ in range(draw.randrange(1, 12)))
    return "".join(parts)


def _markup(draw: random.Random) -> str:
    plant = draw.choice(ALL_MARKUP)
    at = draw.randrange(len(plant) + 1)
    return draw.choice(
        (plant, plant[:at], plant[at:], plant[:at] + draw.choice(_PIECES) + plant[at:], plant * 3)
    )


def _controls(draw: random.Random) -> str:
    return "".join(draw.choice((draw.choice(_CONTROL), "a", " ")) for _ in range(draw.randrange(1, 30)))


def _long(draw: random.Random) -> str:
    unit = draw.choice((_character(draw), draw.choice(ALL_MARKUP), "word ", "a", draw.choice(_PIECES)))
    return (unit * 10_000)[:10_000]


# ---- what a storage may hold

_KEYS = (
    "version", "ticks", "letters", "seen", "values", "country", "__proto__", "constructor", "prototype", "toString",
    "hasOwnProperty", "length", "step/x/item", "step/check-order-status/open-order", "first-message", "name", "",
    "<img src=x onerror=globalThis.pwned=1>", "0", "then", "toJSON", "valueOf", "get", "set",
)  # fmt: skip


def _value(draw: random.Random, depth: int = 0) -> Any:
    """Any JSON value."""
    if depth < 4 and draw.random() < 0.45:
        if draw.random() < 0.6:
            return {draw.choice(_KEYS): _value(draw, depth + 1) for _ in range(draw.randrange(4))}
        return [_value(draw, depth + 1) for _ in range(draw.randrange(4))]
    return draw.choice(
        (
            True,
            False,
            None,
            0,
            1,
            2,
            -1,
            1e308,
            1.5,
            "",
            "1",
            "US",
            draw.choice(_PIECES),
            draw.choice(ALL_MARKUP),
        )
    )


def stored(draw: random.Random, whole: list[Any]) -> str:
    """What may stand under a key: changed from something whole, or anything at all."""
    ways = [_changed_record, _changed_record, _changed_record, _any_json, _broken_json, _no_json]
    return draw.choice(ways)(draw, whole)


def _changed_record(draw: random.Random, whole: list[Any]) -> str:
    record = json.loads(json.dumps(draw.choice(whole)))
    for _ in range(draw.randrange(4)):
        _change(draw, record)
    return json.dumps(record, ensure_ascii=draw.random() < 0.5)


def _change(draw: random.Random, record: Any) -> None:
    """Change one thing somewhere in a record."""
    while isinstance(record, (dict, list)) and record:
        keys = list(record) if isinstance(record, dict) else range(len(record))
        key = draw.choice(list(keys))
        if isinstance(record[key], (dict, list)) and draw.random() < 0.7:
            record = record[key]
            continue
        record[key] = _value(draw, 2)
        if isinstance(record, dict) and draw.random() < 0.4:
            record[draw.choice((*_KEYS, draw.choice(ALL_MARKUP)))] = record.pop(key)
        return


def _any_json(draw: random.Random, whole: list[Any]) -> str:
    return json.dumps(_value(draw))


def _broken_json(draw: random.Random, whole: list[Any]) -> str:
    said = _changed_record(draw, whole)
    at = draw.randrange(len(said) + 1)
    return draw.choice((said[:at], said[at:], said[:at] + draw.choice(_PIECES) + said[at:], said + said))


def _no_json(draw: random.Random, whole: list[Any]) -> str:
    if draw.random() < 0.005:
        return draw.choice(
            (
                "[" * 50_000,
                '{"a":' * 20_000,
                "x" * 1_100_000,
                '{"version":1,"ticks":{' + '"a/b":true,' * 50_000,
            )
        )
    return text(draw)


# ---- what an address may carry


def query(draw: random.Random) -> str:
    """A query, a fragment, or both, as somebody may send them."""
    names = (
        "q", "h", "search", "query", "id", "step", "country", "theme", "utm_source", "__proto__[pwned]",
        "constructor.prototype.pwned", "",
    )  # fmt: skip
    pairs = "&".join(f"{draw.choice(names)}={_in_address(draw)}" for _ in range(draw.randrange(3)))
    fragment = draw.choice(
        ("", _in_address(draw), "__search", "sources", ":~:text=" + _in_address(draw), "nothing-here")
    )
    return (f"?{pairs}" if pairs else "") + (f"#{fragment}" if fragment else "")


def _in_address(draw: random.Random) -> str:
    said = text(draw).replace("\x00", "").replace(LONE, "%ED%A0%80")
    ways: list[Callable[[str], str]] = [
        lambda one: re.sub(r"[\s#]", "+", one),
        lambda one: "".join(f"%{byte:02x}" for byte in one.encode()[:3_000]),
        lambda one: one.replace("<", "%3C").replace(">", "%3e").replace(" ", "%20").replace("#", "%23"),
        lambda one: "%" + one[:50] + "%",
        lambda one: "%c3%28%ff%fe%" + one[:20],
    ]
    return draw.choice(ways)(said)[:10_000]


def batches(make: Callable[[], Any], many: int, size: int = 500) -> Iterator[list[Any]]:
    """So many inputs, some hundred at a time."""
    for start in range(0, many, size):
        yield [make() for _ in range(min(size, many - start))]


def project_letters(root: Path) -> list[str]:
    """The ids of the letters."""
    return sorted(path.stem for path in (root / "content/letters").glob("*.yml"))
