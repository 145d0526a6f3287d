"""Rules for the route: nothing unreachable, nothing twice, no tick lost, letters whole."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import Entry
from generator.checks.context import HOLDERS, Context, Rule, title_key
from generator.ledger import PATH, tick_ids
from generator.letter_faults import faults
from generator.letters import RESERVED
from generator.model import CONTENT_TYPES
from generator.model.base import Id
from generator.model.letter import Letter
from generator.model.page import Retired
from generator.model.route import Walk
from generator.problems import Position, Problem

_ENGINE_FOLDERS = {"assets", "search"}


def reachable(entry: Entry, context: Context) -> Iterator[Problem]:
    """A step or tip belongs to a guide, and a letter to a step.

    Wrong: a file in content/tips/ that no guide lists
    Right: its id in the guide's list of tips
    """
    if entry.kind not in HOLDERS:
        return
    holder, field = HOLDERS[entry.kind]
    if entry.kind in context.unread_lists:
        return  # the list may stand in a file that could not be read
    if entry.id not in context.listed[entry.kind]:
        what = f"no {holder} lists this {entry.kind}, so nobody finds it"
        instead = f'add "{entry.id}" to the {field} of a {holder}'
        yield entry.document.problem((), what, instead, "unreachable")


def listed_once(entry: Entry, context: Context) -> Iterator[Problem]:
    """A list names each entry once.

    Wrong: limits: [first-limit, first-limit]
    Right: limits: [first-limit]
    """
    for field in ("steps", "tips", "limits", "letters", "sources", "see", "countries"):
        ids = getattr(entry.model, field, None) or []
        for index, id in enumerate(ids):
            if id in ids[:index]:
                what = f'"{id}" is listed twice'
                yield entry.document.problem((field, index), what, "keep one of them", "listed-twice")


def section_says_something(entry: Entry, context: Context) -> Iterator[Problem]:
    """A section holds text or terms.

    Wrong: a section with a title alone
    Right: a section with a title and a text
    """
    for id, section in getattr(entry.model, "sections", {}).items():
        if not section.text and not section.terms:
            what = f'section "{id}" holds nothing'
            yield entry.document.problem(("sections", id), what, "add text or terms", "empty-section")


def own_section_id(entry: Entry, context: Context) -> Iterator[Problem]:
    """A section's id is not one that every page has.

    Wrong: a section with the id "sources"
    Right: a section with the id "more-sources"
    """
    for id in getattr(entry.model, "sections", {}):
        if id in _PARTS_OF_PAGES or id.startswith("source-"):
            what = f'"{id}" is a part of every page'
            yield entry.document.problem(("sections", id), what, "choose another id", "taken-id")


def id_of_its_own(entry: Entry, context: Context) -> Iterator[Problem]:
    """No id is a word that scripts keep for themselves.

    Wrong: content/letters/constructor.yml
    Right: content/letters/first-message.yml
    """
    keys = {
        loc[: index + 1]
        for loc, _ in entry.leaves
        if not _SCRIPT_WORDS.isdisjoint(loc)
        for index, part in enumerate(loc)
        if part in _SCRIPT_WORDS
    }
    for loc in sorted(keys, key=repr):
        what = f'"{loc[-1]}" is a word that scripts use'
        yield entry.document.problem(loc, what, "choose another id", "taken-id")
    for loc in (loc for loc, value in entry.leaves if isinstance(value, Id) and value in _SCRIPT_WORDS):
        what = f'"{loc[-1]}" holds a word that scripts use'
        yield entry.document.problem(loc, what, "choose another id", "taken-id")
    if entry.id in _SCRIPT_WORDS:
        yield entry.document.problem(
            (), f'"{entry.id}" is a word that scripts use', "choose another id", "taken-id"
        )


# Every object of JavaScript has a `constructor`, every function a `prototype`, and our scripts share
# `undelivered`: an id in a page hides a global of that name until a script sets it.
_SCRIPT_WORDS = {"constructor", "prototype", "undelivered"}

# Ids in templates/step and templates/tip.
_PARTS_OF_PAGES = {
    "start",
    "content",
    "how",
    "checklist",
    "on-this-page",
    "why",
    "proof",
    "do-not",
    "time-limits",
    "letters",
    "if-it-fails",
    "sources",
}


def same_title(entry: Entry, context: Context) -> Iterator[Problem]:
    """No two pages of a type carry the same title.

    Wrong: two steps called Write to the seller
    Right: two titles that tell the pages apart
    """
    twins = context.titles.get(title_key(entry), ())
    if twins and (first := min(twins)) != entry.id:  # one problem each, not one for each pair
        kind = CONTENT_TYPES[entry.kind]
        what = f"content/{kind.folder}/{first}{kind.suffix} has the same title"
        yield entry.document.problem(("title",), what, "tell them apart", "same-title")


def own_address(entry: Entry, context: Context) -> Iterator[Problem]:
    """A hand-written page does not take the address of another one.

    Wrong: content/pages/letters.md, where the list of letters stands
    Right: content/pages/our-letters.md
    """
    taken = {kind.folder for kind in CONTENT_TYPES.values()} | _ENGINE_FOLDERS
    if CONTENT_TYPES[entry.kind].shown == "root page" and entry.id in taken:
        what = f'the address "{entry.id}/" is taken'
        yield entry.document.problem((), what, "choose another file name", "taken-address")


def retired_ids(entry: Entry, context: Context) -> Iterator[Problem]:
    """A tick id is never reused, and one that goes is declared with a reason.

    Wrong: taking "open-order" out of a checklist and telling nobody
    Right: retired: {open-order: It became part of another item.}
    """
    if not isinstance(entry.model, Walk):
        return
    for back in entry.model.retired:
        if back in entry.model.checklist:
            what = f'"{back}" was retired and may not come back'
            instead = "choose a new id"
            yield entry.document.problem(("checklist", back), what, instead, "retired-id")
    start = f"{entry.kind}/{entry.id}/"
    gone = {key for key in context.published if key.startswith(start)} - {*tick_ids(entry)}
    for id in sorted(key.removeprefix(start) for key in gone):
        if id not in entry.model.retired:
            what = f'the tick "{id}" was published and is gone'
            instead = f'put it back, or add "retired:" with "{id}: the reason"'
            yield entry.document.problem(("checklist",), what, instead, "lost-id")


def lost_pages(context: Context) -> Iterator[Problem]:
    """A page that was published keeps its address: its entry stays, or a retired entry says where to go."""
    for key in sorted(context.published):
        kind, _, id = key.partition("/")
        if "/" not in id and (kind, id) not in context.catalog.known and key not in context.retired:
            what = f'the page "{key}" was published and is gone'
            instead = f'put its file back, or add content/retired/{id}.yml with "was: {kind}:{id}"'
            yield Problem(PATH, Position(), what, instead, "lost-id")


def back_from_retirement(entry: Entry, context: Context) -> Iterator[Problem]:
    """An id that was retired is not used again.

    Wrong: content/retired/old-step.yml with "was: step:old-step" beside content/steps/old-step.yml
    Right: a new id for the new step
    """
    earlier = [one.model for one in context.catalog.of_kind("retired") if one.id < entry.id]
    if isinstance(entry.model, Retired) and entry.model.was in {getattr(one, "was", "") for one in earlier}:
        what = f'"{entry.model.was}" was retired already'
        yield entry.document.problem(("was",), what, "keep one of the two files", "retired-id")
    if f"{entry.kind}/{entry.id}" in context.retired:
        what = f'"{entry.id}" was retired and may not come back'
        yield entry.document.problem(
            (), what, "choose a new id, or delete the file in content/retired/", "retired-id"
        )


# What a form calls its own parts: a field of that name would hide them from the letter's script.
_FORM_WORDS = {"append", "elements", "remove", "reset", "submit"}


def letter_names(entry: Entry, context: Context) -> Iterator[Problem]:
    """A letter's names are its own: one use each, and none that the form has already; its subject is a line.

    Wrong: a blank called country
    Right: a blank called country_of_seller
    """
    letter = entry.model
    if not isinstance(letter, Letter):
        return
    for field, names, taken in (("blanks", letter.blanks, set()), ("ticks", letter.ticks, {*letter.blanks})):
        for name in names:
            if name in (RESERVED, *_FORM_WORDS) or name in taken:
                what, instead = f'the name "{name}" is taken', "choose another name"
                yield entry.document.problem((field, name), what, instead, "taken-name")
    if "\n" in letter.subject:
        what, instead = "the subject has more than one line", "write it on one line"
        yield entry.document.problem(("subject",), what, instead, "line-break")


def letter_template(entry: Entry, context: Context) -> Iterator[Problem]:
    """A letter's words use what it declares, in the small template language.

    Wrong: Hello {{ nmae }}
    Right: Hello {{ name }}
    """
    if not isinstance(entry.model, Letter):
        return
    for field, fault in faults(entry.model):
        loc = tuple(field.split("."))
        place = entry.document.line_of(loc, fault.line) if fault.line else entry.document.position(loc)
        yield Problem(entry.document.path, place, fault.what, fault.instead, fault.rule)


RULES: tuple[Rule, ...] = (
    reachable,
    listed_once,
    section_says_something,
    own_section_id,
    id_of_its_own,
    same_title,
    own_address,
    retired_ids,
    back_from_retirement,
    letter_names,
    letter_template,
)
