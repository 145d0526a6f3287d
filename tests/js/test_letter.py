"""The letter form: the letter follows what is typed; nothing is kept or sent that was not asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from element_pages import LETTER, POLICY, Serve, document, letter_form, write_site
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.letters import tree

pytestmark = pytest.mark.browser

SUBJECT = "Order {{ order_number }} has not arrived"
BODY = """\
Hello,

I paid {{ amount }} on {{ order_date|date }}.
Please answer to {{ email }}.

{% if looked_around and country == "GB" %}
I looked in my garden.

{% elif looked_around %}
I looked in my yard.

{% endif %}
{% if remarks %}
{{ remarks }}

{% endif %}
Thank you"""
BLANKS = {
    "order_number": "text",
    "order_date": "date",
    "amount": "amount",
    "email": "email",
    "remarks": "lines",
}
KEPT = "JSON.parse(localStorage.getItem('undelivered.letters'))"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    letter = {"subject": tree(SUBJECT), "body": tree(BODY)}
    form = letter_form(letter, BLANKS, ["looked_around"])
    return write_site(tmp_path, {"letter.html": document(form, LETTER)})


@pytest.fixture
def url(folder: Path, serve: Serve) -> str:
    return serve(folder, {"Content-Security-Policy": POLICY}) + "/letter.html"


def letter(page: Page) -> str:
    return page.locator("[data-preview]").inner_text()


def status(page: Page):
    return page.locator("[data-status]")


def fill_in(page: Page) -> None:
    page.get_by_label("GB").check()
    page.get_by_label("looked_around").check()
    page.get_by_label("order_number").fill("5771 2345")
    page.get_by_label("order_date").fill("2026-12-24")
    page.get_by_label("amount").fill("£12.50")
    page.get_by_label("email").fill("me@example.org")


FILLED = """\
Order 5771 2345 has not arrived

Hello,

I paid £12.50 on 24 December 2026.
Please answer to me@example.org.

I looked in my garden.

Thank you"""


def test_the_letter_changes_as_the_reader_types(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("order_number").press_sequentially("57")
    expect(page.locator(".u-letter__subject")).to_have_text("Order 57 has not arrived")
    fill_in(page)
    assert letter(page) == FILLED


def test_empty_blanks_are_gaps_with_their_label_and_are_counted(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator(".u-gap__label")).to_have_text(["order_number", "amount", "order_date", "email"])
    expect(page.locator("letter-form")).to_have_attribute("data-gaps", "4")
    page.get_by_label("amount").fill("30")
    expect(page.locator("letter-form")).to_have_attribute("data-gaps", "3")


@pytest.mark.parametrize(
    ("country", "day", "place"),
    [("US", "December 24, 2026", "yard"), ("GB", "24 December 2026", "garden")],
)
def test_the_country_decides_dates_and_words(
    page: Page, url: str, country: str, day: str, place: str
) -> None:
    page.goto(url)
    fill_in(page)
    page.get_by_label(country).check()
    assert day in letter(page)
    assert f"I looked in my {place}" in letter(page)


def test_without_a_country_it_is_another_country(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("looked_around").check()
    page.get_by_label("order_date").fill("2026-12-24")
    assert "I looked in my yard" in letter(page)
    assert "24 December 2026" in letter(page)


def test_nothing_is_claimed_that_the_reader_did_not_tick(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("GB").check()
    assert "I looked" not in letter(page)


def test_markup_that_is_typed_stays_text(page: Page, url: str) -> None:
    page.goto(url)
    hostile = "<img src=x onerror=alert(1)>{{ amount }}"
    page.get_by_label("order_number").fill(hostile)
    page.get_by_label("remarks").fill(f"one\n\n\n{hostile}\ntwo")
    assert page.locator("[data-preview] img").count() == 0
    assert f"Order {hostile} has not arrived" in letter(page)
    assert f"one\n\n{hostile}\ntwo" in letter(page)
    expect(page.locator("[data-preview] .u-gap")).to_have_count(3)


@pytest.mark.parametrize(
    ("field", "wrong", "right", "words"),
    [
        ("email", "me at home", "me@example.org", "Not an e-mail address"),
        ("amount", "ten pounds", "$1,200.00", "Not an amount"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field_and_stays(
    page: Page, url: str, field: str, wrong: str, right: str, words: str
) -> None:
    page.goto(url)
    box, error = page.get_by_label(field), page.locator(f"#blank-{field}-error")
    box.press_sequentially(wrong)
    expect(error).to_be_hidden()
    box.blur()
    expect(error).to_have_text(words)
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(f"help {words}")
    expect(box).to_have_value(wrong)
    assert wrong in letter(page)
    box.fill(right)
    expect(error).to_be_hidden()
    expect(box).not_to_have_attribute("aria-invalid", "true")


def test_half_a_date_is_told_and_not_lost(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("Keep").check()
    box = page.get_by_label("order_date")
    box.press_sequentially("12")
    page.get_by_label("amount").fill("3")
    expect(page.locator("#blank-order_date-error")).to_have_text("Not a date")
    page.wait_for_timeout(100)
    assert box.evaluate("box => box.validity.badInput") is True


def test_enter_in_a_field_leaves_the_page_and_the_address_as_they_are(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("order_number").fill("canary")
    for name in ("order_number", "amount", "email", "looked_around"):
        page.get_by_label(name).press("Enter")
    page.wait_for_timeout(200)
    assert page.url == url
    assert page.evaluate("history.length") == 2
    expect(page.get_by_label("order_number")).to_have_value("canary")


def test_enter_in_the_only_field_submits_nothing(page: Page, tmp_path: Path, serve: Serve) -> None:
    form = letter_form({"subject": ["x"], "body": [["out", "order_number"]]}, {"order_number": "text"})
    folder = write_site(tmp_path, {"page.html": document(form, LETTER)})
    page.goto(f"{serve(folder, {'Content-Security-Policy': POLICY})}/page.html")
    page.get_by_label("order_number").fill("canary")
    page.get_by_label("order_number").press("Enter")
    page.wait_for_timeout(200)
    assert "?" not in page.url
    expect(page.get_by_label("order_number")).to_have_value("canary")


def test_what_is_typed_is_gone_after_a_reload(page: Page, url: str) -> None:
    page.goto(url)
    fill_in(page)
    page.reload()
    expect(page.get_by_label("order_number")).to_have_value("")
    expect(page.get_by_label("looked_around")).not_to_be_checked()
    expect(page.get_by_label("GB")).not_to_be_checked()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    expect(page.locator("letter-form")).to_have_attribute("data-gaps", "4")


def test_fields_that_a_browser_restores_late_are_emptied(page: Page, url: str) -> None:
    page.goto(url)
    page.evaluate(
        """() => { document.querySelector("#blank-order_number").value = "restored";
             dispatchEvent(new PageTransitionEvent("pageshow", {persisted: false})); }"""
    )
    expect(page.get_by_label("order_number")).to_have_value("")


def test_what_is_typed_is_kept_only_when_asked(page: Page, url: str) -> None:
    page.goto(url)
    fill_in(page)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_label("Keep").check()
    page.get_by_label("remarks").fill("a\nb")
    page.reload()
    expect(page.get_by_label("Keep")).to_be_checked()
    expect(page.get_by_label("GB")).to_be_checked()
    assert letter(page) == FILLED.replace("Thank", "a\nb\n\nThank")
    assert page.evaluate(KEPT)["letters"]["complaint"] == {
        "country": "GB",
        "values": {
            "order_number": "5771 2345",
            "order_date": "2026-12-24",
            "amount": "£12.50",
            "email": "me@example.org",
            "remarks": "a\nb",
            "looked_around": True,
        },
    }


def test_asking_no_longer_to_keep_deletes_what_is_kept_and_leaves_the_form(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("Keep").check()
    fill_in(page)
    page.get_by_label("Keep").uncheck()
    assert page.evaluate("localStorage.length") == 0
    assert letter(page) == FILLED
    page.get_by_label("amount").fill("9")
    assert page.evaluate("localStorage.length") == 0


def test_deleting_empties_form_letter_and_storage(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("Keep").check()
    fill_in(page)
    page.get_by_label("email").fill("wrong")
    page.get_by_label("email").blur()
    page.get_by_role("button", name="Delete").click()
    expect(status(page)).to_have_text("Deleted")
    expect(page.get_by_label("Keep")).not_to_be_checked()
    expect(page.get_by_label("order_number")).to_have_value("")
    expect(page.locator("#blank-email-error")).to_be_hidden()
    expect(page.locator("letter-form")).to_have_attribute("data-gaps", "4")
    assert page.evaluate("localStorage.length") == 0


def test_two_tabs_lose_no_field_and_none_is_overwritten_in_use(
    page: Page, context: BrowserContext, url: str
) -> None:
    page.goto(url)
    other = context.new_page()
    other.goto(url)
    page.get_by_label("Keep").check()
    expect(other.get_by_label("Keep")).to_be_checked()
    page.get_by_label("order_number").fill("one")
    expect(other.get_by_label("order_number")).to_have_value("one")
    other.get_by_label("amount").fill("22")
    expect(page.get_by_label("amount")).to_have_value("22")
    page.get_by_label("order_number").focus()
    other.get_by_label("order_number").fill("two")
    other.get_by_label("looked_around").check()
    expect(page.get_by_label("looked_around")).to_be_checked()
    expect(page.get_by_label("order_number")).to_have_value("one")
    page.get_by_label("order_number").blur()
    expect(page.get_by_label("order_number")).to_have_value("two")
    assert "Order two" in letter(page)


def test_what_is_typed_in_a_tab_that_keeps_nothing_is_not_replaced_by_one_that_does(
    page: Page, context: BrowserContext, url: str
) -> None:
    page.goto(url)
    other = context.new_page()
    other.goto(url)
    other.get_by_label("amount").fill("22")
    page.get_by_label("order_number").fill("one")
    page.get_by_label("Keep").check()
    page.wait_for_timeout(200)
    expect(other.get_by_label("amount")).to_have_value("22")
    expect(other.get_by_label("Keep")).not_to_be_checked()
    other.get_by_label("Keep").check()
    expect(other.get_by_label("order_number")).to_have_value("one")
    expect(page.get_by_label("amount")).to_have_value("22")


def test_keeping_adds_to_what_another_tab_kept(page: Page, url: str) -> None:
    page.goto(url)
    page.evaluate(
        """() => localStorage.setItem("undelivered.letters", JSON.stringify({version: 1, letters: {
             complaint: {country: "US", values: {amount: "5"}}, other: {country: "", values: {}}}}))"""
    )
    page.get_by_label("order_number").fill("77")
    page.get_by_label("Keep").check()
    expect(page.get_by_label("amount")).to_have_value("5")
    assert page.evaluate(KEPT)["letters"] == {
        "complaint": {"country": "US", "values": {"amount": "5", "order_number": "77"}},
        "other": {"country": "", "values": {}},
    }


def test_a_copy_has_the_subject_first_and_says_what_is_missing(
    page: Page, context: BrowserContext, url: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(url)
    fill_in(page)
    page.get_by_label("email").fill("")
    page.get_by_role("button", name="Copy").click()
    expect(status(page)).to_have_text("Copied 1 gap is empty")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Subject: " + FILLED.replace("me@example.org", "[email]") + "\n"


def test_where_copying_is_not_allowed_the_letter_is_selected(page: Page, url: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(url)
    fill_in(page)
    page.get_by_role("button", name="Copy").click()
    expect(status(page)).to_have_text("Press Copy")
    assert page.evaluate("getSelection().toString()").strip() == FILLED


def test_saved_as_text_the_letter_is_utf8_with_plain_line_ends(page: Page, url: str, tmp_path: Path) -> None:
    page.goto(url)
    fill_in(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as text").click()
    waiting.value.save_as(tmp_path / "saved.txt")
    assert waiting.value.suggested_filename == "complaint.txt"
    assert (tmp_path / "saved.txt").read_bytes() == f"Subject: {FILLED}\n".encode()
    expect(status(page)).to_have_text("Saved")


def test_printing_marks_the_page_as_a_letter(page: Page, url: str) -> None:
    page.add_init_script("window.print = () => { window.mode = document.documentElement.dataset.print }")
    page.goto(url)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("mode") == "letter"
    expect(status(page)).to_have_text("4 gaps are empty")


def test_without_scripts_the_blank_letter_is_there_and_no_form(browser: Browser, url: str) -> None:
    without = browser.new_context(java_script_enabled=False)
    page = without.new_page()
    page.goto(url)
    assert letter(page) == "The blank letter"
    expect(page.locator("form")).to_be_hidden()
    without.close()


@pytest.mark.parametrize("lost", ["letter-tree", "letter-state", "letter-fields", "store"])
def test_without_one_script_the_blank_letter_stays(
    page: Page, page_errors: list[str], url: str, lost: str
) -> None:
    page.route(f"**/scripts/{lost}.js", lambda route: route.fulfill(body="throw 'no'"))
    page.goto(url)
    assert letter(page) == "The blank letter"
    expect(page.locator("form")).to_be_hidden()
    assert any(error.startswith("<letter-form> did not start: ") for error in page_errors)
    page_errors.clear()


def test_a_letter_with_an_unknown_tree_stays_as_it_was(
    page: Page, page_errors: list[str], tmp_path: Path, serve: Serve
) -> None:
    form = letter_form({"subject": ["x"], "body": [["new-node", "x"]]}, BLANKS)
    folder = write_site(tmp_path, {"page.html": document(form, LETTER)})
    site = serve(folder, {"Content-Security-Policy": POLICY})
    page.goto(f"{site}/page.html")
    assert letter(page) == "The blank letter"
    assert page_errors == ['<letter-form> did not start: unknown node "new-node" in a letter']
    page_errors.clear()


HOSTILE = [
    '{"version":1,"letters":{"complaint":{"country":"US","values":{"__proto__":"x"}}}}',
    '{"version":1,"letters":{"complaint":{"country":"US","values":{"amount":7}}}}',
    '{"version":1,"letters":{"complaint":"x"}}',
    '{"version":1,"letters":{"__proto__":{"country":"","values":{}}}}',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_unreadable_kept_letter_is_set_aside(page: Page, url: str, text: str) -> None:
    page.goto(url)
    page.evaluate("text => localStorage.setItem('undelivered.letters', text)", text)
    page.reload()
    expect(page.locator("storage-notice [role=status]")).to_have_text("UNREADABLE")
    expect(page.locator("letter-form")).to_have_attribute("data-gaps", "4")
    assert page.evaluate("localStorage.getItem('undelivered.letters.corrupt')") == text
    expect(page.get_by_label("Keep")).not_to_be_checked()


def test_without_storage_the_letter_can_be_written_and_the_reader_is_told(page: Page, url: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw 'no' }})")
    page.goto(url)
    expect(page.locator("storage-notice [role=status]")).to_have_text("NOTHING IS KEPT")
    page.get_by_label("Keep").check()
    fill_in(page)
    assert letter(page) == FILLED
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_label("order_number")).to_have_value("")


def test_nothing_typed_leaves_the_page(page: Page, url: str) -> None:
    asked: list[str] = []
    page.goto(url)
    page.on("request", lambda request: asked.append(request.url))
    fill_in(page)
    page.get_by_label("Keep").check()
    page.get_by_role("button", name="Copy").click()
    page.wait_for_timeout(200)
    assert asked == []
    assert "5771" not in page.url + page.title()


def test_from_a_folder_without_a_server_the_letter_works_too(page: Page, folder: Path) -> None:
    page.goto((folder / "letter.html").as_uri())
    page.get_by_label("Keep").check()
    fill_in(page)
    page.reload()
    assert letter(page) == FILLED
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as text").click()
    assert waiting.value.suggested_filename == "complaint.txt"
