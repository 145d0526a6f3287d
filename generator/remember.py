"""Remember: results of earlier builds that are still right, because nothing they rest on has changed.

In: a name that says what is made, and the questions that its making asked. Out: the result of an earlier
build when every question still has the same answer. `ground` stands for all that no question asks: the
code, the templates, the versions. It does not know what the results are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.digest import digest
from generator.store import Store


@dataclass(frozen=True)
class Remember:
    """Results by name, each with the questions that it rests on."""

    store: Store
    ground: str
    answers: Callable[[Iterable[str]], str]
    """One short word for the answers that some questions have now."""

    def recall(self, name: str) -> str | None:
        """The result kept under a name, when all its questions have the same answers as then."""
        kept = self.store.get(self._key(name))
        if kept is None:
            return None
        try:
            asked, answered, result = json.loads(kept)
            return str(result) if self.answers(asked) == answered else None
        except (ValueError, TypeError):  # damaged: made again
            return None

    def keep(self, name: str, asked: Iterable[str], result: str) -> None:
        """Keep a result with the questions that its making asked."""
        questions = sorted(asked)
        kept = json.dumps([questions, self.answers(questions), result], ensure_ascii=False)
        self.store.put(self._key(name), kept.encode("utf-8", "surrogatepass"))

    def _key(self, name: str) -> str:
        return digest(self.ground, name)
