"""The shipped letters in a browser: typed, ticked, kept or not, copied, saved, and equal to Jinja2's text."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from addresses import Site
from built_site import BuiltSite
from letter_oracle import Answers, Oracle
from playwright.sync_api import BrowserContext, Page, expect

from generator.model.letter import Letter

pytestmark = pytest.mark.browser

LETTERS = ("first-message", "first-complaint")
PRINTED = """window.print = () => {
  dispatchEvent(new Event("beforeprint"));
  window.printed = document.documentElement.dataset.print;
  dispatchEvent(new Event("afterprint"));
}"""


@pytest.fixture(scope="module")
def oracles(built: BuiltSite) -> dict[str, Oracle]:
    found = {entry.id: entry.model for entry in built.catalog.of_kind("letter")}
    assert set(found) == set(LETTERS)
    return {id: Oracle(model) for id, model in found.items() if isinstance(model, Letter)}


@pytest.fixture
def complaint(page: Page, site: Site) -> Page:
    page.goto(site.at("letters/first-complaint/"))
    return page


def everything(oracle: Oracle, country: str) -> Answers:
    """All ticks, all blanks."""
    optional = dict.fromkeys(oracle.optional, True)
    return oracle.answers(country, dict.fromkeys(oracle.letter.ticks, True), optional)


def paragraphs(oracle: Oracle, answers: Answers) -> list[str]:
    """The letter as the page shows it: its subject, then what blank lines part."""
    body = re.split(r"\n[ \n]*\n", oracle.body(answers).strip())
    return [oracle.subject(answers), *body]


def shown(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-preview] > p", "all => all.map(one => one.innerText)")


FILL = """(answers) => {
  const form = document.querySelector("letter-form form");
  for (const [name, value] of Object.entries(answers)) {
    const field = form.elements.namedItem(name);
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    (field instanceof RadioNodeList ? form : field).dispatchEvent(new Event("input", {bubbles: true}));
  }
  form.querySelector("input").dispatchEvent(new Event("input", {bubbles: true}));
  return [...document.querySelectorAll("[data-preview] > p")].map(one => one.innerText);
}"""


def fill(page: Page, answers: Answers) -> list[str]:
    """Fill in the form at once; returns the paragraphs of the letter."""
    return page.evaluate(FILL, answers)


# ---- equal to Jinja2

# Making a formatter takes longer than writing a letter, and there are a hundred thousand letters.
KEEP_FORMATTERS = """const Real = Intl.DateTimeFormat, made = {};
Intl.DateTimeFormat = function (...how) { return made[JSON.stringify(how)] ??= new Real(...how) }"""
TEXTS = """async ({countries, ticks, optional, required, examples, from, to, hash}) => {
  const {tree, countries: locales} = JSON.parse(document.querySelector("letter-form").dataset.letter);
  const flags = [...ticks, ...optional], {text} = globalThis.undelivered.letterTree;
  const letters = [];
  for (let index = from; index < to; index++) {
    const values = {...required, country: countries[index >> flags.length]};
    flags.forEach((name, at) => {
      const on = Boolean(index >> (flags.length - 1 - at) & 1);
      values[name] = ticks.includes(name) ? on : on ? examples[name] : "";
    });
    const locale = locales[values.country];
    letters.push(text(tree.subject, values, locale) + "\\n" + text(tree.body, values, locale));
  }
  if (!hash) return letters;
  const bytes = new TextEncoder().encode(letters.join("\\0"));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, "0")).join("");
}"""


@pytest.mark.parametrize(
    ("id", "zone"), [("first-message", "America/Los_Angeles"), ("first-complaint", "Pacific/Kiritimati")]
)
def test_the_browser_writes_what_jinja2_writes_for_every_combination(
    open_context: Any, home: str, oracles: dict[str, Oracle], id: str, zone: str
) -> None:
    page = open_context(locale="de-DE", timezone_id=zone).new_page()
    page.add_init_script(KEEP_FORMATTERS)
    page.goto(f"{home}letters/{id}/")
    oracle = oracles[id]
    asked = {
        "countries": oracle.countries,
        "ticks": list(oracle.letter.ticks),
        "optional": oracle.optional,
        "required": oracle.required,
        "examples": {name: str(blank.example) for name, blank in oracle.letter.blanks.items()},
    }
    compared = 0
    for start in range(0, oracle.count, 8192):
        end = min(start + 8192, oracle.count)
        expected = [oracle.text(oracle.combination(index)) for index in range(start, end)]
        digest = hashlib.sha256("\0".join(expected).encode()).hexdigest()
        part = {**asked, "from": start, "to": end}
        if page.evaluate(TEXTS, {**part, "hash": True}) != digest:
            assert page.evaluate(TEXTS, {**part, "hash": False}) == expected
        compared += len(expected)
    assert compared == oracle.count >= 384


def samples(oracle: Oracle, count: int) -> Iterator[Answers]:
    """Nothing, everything, and a seeded choice, some of it with a required gap left empty."""
    chance = random.Random(1912)
    for country in oracle.countries:
        yield oracle.answers(country, dict.fromkeys(oracle.letter.ticks, False), {})
        yield everything(oracle, country)
    for index in chance.sample(range(oracle.count), count):
        yield oracle.combination(index)


@pytest.mark.parametrize("id", LETTERS)
def test_the_page_shows_that_text(page: Page, site: Site, oracles: dict[str, Oracle], id: str) -> None:
    page.goto(site.at(f"letters/{id}/"))
    for answers in samples(oracles[id], 60):
        optional = dict.fromkeys(oracles[id].optional, "")
        assert fill(page, {**optional, **answers}) == paragraphs(oracles[id], {**optional, **answers})


# ---- typing


def type_into(page: Page, field: dict[str, str], answers: Answers) -> None:
    keys = page.keyboard
    if field["type"] == "radio":
        keys.press("ArrowDown")
    elif field["type"] == "checkbox":
        keys.press("Space")
    elif field["type"] == "date":
        year, month, day = str(answers[field["name"]]).split("-")
        keys.type(f"{month}{day}{year}")
    else:
        keys.type(str(answers[field["name"]]))


FOCUSED = """() => { const {id, name, type, dataset} = document.activeElement;
  return {id, name, type, tool: "printLetter" in dataset ? "print" : "", keep: "keep" in dataset} }"""


@pytest.mark.parametrize("id", LETTERS)
def test_a_letter_can_be_filled_in_and_printed_by_keyboard_alone(
    page: Page, site: Site, oracles: dict[str, Oracle], id: str
) -> None:
    oracle = oracles[id]
    answers = everything(oracle, "GB")
    page.add_init_script(PRINTED)
    page.goto(site.at(f"letters/{id}/"))
    seen: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        field = page.evaluate(FOCUSED)
        if field["tool"] == "print":
            break
        if not field["name"] or field["keep"] or field["name"] in seen or field["name"] not in answers:
            continue
        seen.append(field["name"])
        type_into(page, field, answers)
    assert seen == ["country", *oracle.letter.ticks, *oracle.letter.blanks]
    assert shown(page) == paragraphs(oracle, answers)
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed") == "letter"


def test_the_letter_follows_each_key_tick_and_country(complaint: Page) -> None:
    letter = complaint.locator("[data-preview]")
    expect(letter.locator(".u-gap")).not_to_have_count(0)
    complaint.locator("#blank-item").press_sequentially("Blue")
    expect(letter).to_contain_text("Not received: Blue")
    complaint.locator("#blank-item").press_sequentially(" jacket")
    expect(letter).to_contain_text("Not received: Blue jacket")
    complaint.locator("#country-GB").check()
    expect(letter).to_contain_text("Under the Consumer Rights Act")
    complaint.locator("#country-US").check()
    expect(letter).not_to_contain_text("Consumer Rights Act")
    expect(letter).to_contain_text("Federal trade rules")
    expect(letter).not_to_contain_text("billing error")
    complaint.locator("#tick-paid_credit_card").check()
    expect(letter).to_contain_text("billing error")
    complaint.locator("#blank-order_date").fill("2026-12-24")
    expect(letter).to_contain_text("December 24, 2026")
    complaint.locator("#country-other").check()
    expect(letter).to_contain_text("24 December 2026")
    expect(letter).not_to_contain_text("Federal")


def test_nothing_is_claimed_that_was_not_ticked(complaint: Page, oracles: dict[str, Oracle]) -> None:
    nothing = {**oracles["first-complaint"].answers("GB", {}, {}), "address": ""}
    fill(complaint, nothing)
    text = "\n".join(shown(complaint))
    for claim in ("looked around", "delivered, but", "credit card", "wrote", "attached", "refund"):
        assert claim not in text


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [("email", "alex at example", "alex@example.org"), ("amount", "a lot", "£34.50")],
)
def test_a_fault_is_told_beside_its_field(complaint: Page, field: str, wrong: str, right: str) -> None:
    box, fault = complaint.locator(f"#blank-{field}"), complaint.locator(f"#blank-{field}-error")
    expect(fault).to_be_hidden()
    box.fill(wrong)
    box.press("Tab")
    expect(fault).to_be_visible()
    expect(fault).not_to_be_empty()
    expect(box).to_have_attribute("aria-invalid", "true")
    assert f"blank-{field}-error" in (box.get_attribute("aria-describedby") or "").split()
    expect(box).to_have_value(wrong)
    near = complaint.evaluate(
        "([a, b]) => Math.abs(document.querySelector(a).getBoundingClientRect().bottom"
        " - document.querySelector(b).getBoundingClientRect().top)",
        [f"#blank-{field}", f"#blank-{field}-error"],
    )
    assert near < 40
    box.fill(right)
    expect(fault).to_be_hidden()
    assert box.get_attribute("aria-invalid") is None


COVERED = """() => [...document.querySelectorAll("form :is(label, input, textarea)")].filter(one => {
  if (!one.closest("letter-form")) return false;
  one.scrollIntoView({block: "start"});
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 60), box.top + box.height / 2);
  return !(top && (one.contains(top) || top.closest(".u-field, .u-check")?.contains(one)));
}).map(one => one.outerHTML)"""


@pytest.mark.parametrize("width", [320, 1280, 1600])
def test_nothing_lies_over_a_field_while_the_page_scrolls(page: Page, home: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{home}letters/first-complaint/")
    assert page.evaluate(COVERED) == []


# ---- keeping

KEPT = "localStorage.getItem('undelivered.letters')"


def values(page: Page) -> list[Any]:
    return page.eval_on_selector_all(
        "letter-form form :is(input, textarea)",
        "all => all.map(one => ['checkbox', 'radio'].includes(one.type) ? one.checked : one.value)",
    )


def test_a_reload_empties_the_letter_unless_the_reader_keeps_it(
    complaint: Page, oracles: dict[str, Oracle]
) -> None:
    answers = everything(oracles["first-complaint"], "GB")
    empty = values(complaint)
    fill(complaint, answers)
    assert complaint.evaluate(KEPT) is None
    complaint.reload()
    assert values(complaint) == empty
    complaint.locator("[data-keep]").check()
    expected = fill(complaint, answers)
    filled = values(complaint)
    complaint.reload()
    assert values(complaint) == filled
    assert shown(complaint) == expected
    complaint.locator("[data-keep]").uncheck()
    assert complaint.evaluate(KEPT) is None
    complaint.reload()
    assert values(complaint) == empty


def test_what_was_typed_before_it_was_kept_is_kept_too(complaint: Page) -> None:
    complaint.locator("#blank-item").fill("Blue rain jacket")
    complaint.locator("[data-keep]").check()
    complaint.reload()
    expect(complaint.locator("#blank-item")).to_have_value("Blue rain jacket")


def test_one_press_deletes_all_that_was_typed(complaint: Page, oracles: dict[str, Oracle]) -> None:
    empty, letter = values(complaint), shown(complaint)
    complaint.locator("[data-keep]").check()
    fill(complaint, everything(oracles["first-complaint"], "US"))
    complaint.get_by_role("button", name="Delete what I typed").click()
    assert values(complaint) == empty
    assert shown(complaint) == letter
    assert complaint.evaluate(KEPT) is None
    expect(complaint.locator("[data-status]")).to_contain_text("deleted")


def test_letters_are_kept_apart(complaint: Page, site: Site) -> None:
    complaint.locator("[data-keep]").check()
    complaint.locator("#blank-item").fill("Blue rain jacket")
    complaint.goto(site.at("letters/first-message/"))
    expect(complaint.locator("[data-keep]")).not_to_be_checked()
    expect(complaint.locator("#blank-item")).to_have_value("")


# ---- handing over


def as_text(oracle: Oracle, answers: Answers) -> str:
    return f"Subject: {oracle.subject(answers)}\n\n{oracle.body(answers).strip()}\n"


@pytest.mark.parametrize("id", LETTERS)
def test_the_letter_is_copied_and_saved_as_text(
    context: BrowserContext, site: Site, oracles: dict[str, Oracle], id: str, tmp_path: Path
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site.at(f"letters/{id}/"))
    answers = everything(oracles[id], "US")
    fill(page, answers)
    page.locator("[data-copy]").click()
    expect(page.locator("[data-status]")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == as_text(oracles[id], answers)
    with page.expect_download() as waiting:
        page.locator("[data-save-text]").click()
    assert waiting.value.suggested_filename == f"{id}.txt"
    waiting.value.save_as(tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_bytes().decode() == as_text(oracles[id], answers)


def test_an_empty_gap_is_named_in_the_text_and_counted(context: BrowserContext, site: Site) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site.at("letters/first-message/"))
    page.locator("#blank-order_number").fill("5771")
    page.locator("[data-copy]").click()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "about my order 5771 of [Day you ordered]" in text
    assert "This has not reached me: [What has not come]." in text
    expect(page.locator("[data-status]")).to_contain_text("3")


def test_without_the_right_to_copy_the_letter_is_selected(page: Page, site: Site) -> None:
    page.add_init_script(
        'Object.defineProperty(navigator, "clipboard",'
        " {value: {writeText: () => Promise.reject(new Error())}})"
    )
    page.goto(site.at("letters/first-message/"))
    page.locator("#blank-item").fill("Blue rain jacket")
    page.locator("[data-copy]").click()
    expect(page.locator("[data-status]")).to_contain_text("selected")
    assert "Blue rain jacket" in page.evaluate("getSelection().toString()")
