"""Random words: sentences that nobody wrote, the same for the same seed.

In: a seed. Out: words, lines and paragraphs whose words are as often as in real texts. It refuses to
know what a page is, and never makes a number word, a unit, capitals or a web address, which the
content checks would refuse.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from random import Random

VOCABULARY = 16_000
_SMALL = "the of and to in is that it for you on with as at this from or by be are your not when they what"
_ONSETS = [
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "g",
    "h",
    "j",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
]
_VOWELS = ["a", "a", "e", "e", "e", "i", "i", "o", "o", "u", "u", "ea"]
_ENDS = ["", "", "", "l", "n", "r", "s", "m", "nd"]
# Whatever a rule for numbers, units or promises could take for a real word.
_TAKEN = re.compile(
    r"(one|two|five|six|nine|ten|half|zero|dozen|week|month|year|hour|day|night|quid|cent|pence|euro|dollar"
    r"|pound|buck|tenner|minute|second|million|fortnight|todo|refund|paid)"
)


@cache
def vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Words, the most frequent first, and the running sum of their frequencies (Zipf's law)."""
    random, words = Random("words"), dict.fromkeys(_SMALL.split())
    while len(words) < VOCABULARY:
        word = "".join(_syllable(random) for _ in range(random.choice((1, 2, 2, 2, 3))))
        if len(word) > 3 and not _TAKEN.search(word):
            words[word] = None
    return tuple(words), tuple(accumulate(1 / rank for rank in range(2, len(words) + 2)))


def _syllable(random: Random) -> str:
    return random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_ENDS)


class Writer:
    """Writes lines and paragraphs from one seed."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)

    def words(self, number: int) -> list[str]:
        """So many words."""
        words, weights = vocabulary()
        return self.random.choices(words, cum_weights=weights, k=number)

    def phrase(self, number: int, longest: int = 1_000) -> str:
        """So many words in one line without an end mark, cut at a length in characters."""
        text = " ".join(self.words(number))
        if len(text) > longest:
            text = text[: longest + 1].rpartition(" ")[0]
        return text.capitalize()

    def line(self, number: int, longest: int = 1_000) -> str:
        """One sentence."""
        return self.phrase(number, longest - 1) + "."

    def paragraph(self, number: int) -> str:
        """Sentences of eight to sixteen words, so many words together."""
        sentences = []
        while number > 0:
            size = min(number, self.random.randint(8, 16))
            sentences.append(self.line(size))
            number -= size
        return " ".join(sentences)

    def ids(self, number: int) -> list[str]:
        """So many different ids of two words."""
        found: dict[str, None] = {}
        while len(found) < number:
            found["-".join(self.words(2))] = None
        return list(found)
