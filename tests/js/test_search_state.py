"""What search finds: words, endings, languages without spaces, whole questions with typos; in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from element_pages import SCRIPTS
from playwright.sync_api import Page
from search_pages import PAGES, page_record

from generator.search import Record, data

pytestmark = pytest.mark.browser

FIND = """async ([questions]) => {
  const { build, search } = undelivered.searchState;
  const index = await build(MiniSearch, undelivered.searchPages);
  return questions.map((question) => search(index, question));
}"""
Search = Callable[..., list[list[dict[str, Any]]]]


@pytest.fixture
def state(page: Page) -> Page:
    page.goto("about:blank")
    page.evaluate("globalThis.undelivered = {}")
    for name in ("vendor/minisearch", "search-state"):
        page.add_script_tag(content=(SCRIPTS / f"{name}.js").read_text("utf-8"))
    return page


@pytest.fixture
def find(state: Page) -> Search:
    """Results of each question over these records."""

    def search(questions: Sequence[str], records: Sequence[Record] = PAGES) -> list[list[dict[str, Any]]]:
        state.add_script_tag(content=data(records))
        found: list[list[dict[str, Any]]] = state.evaluate(FIND, [list(questions)])
        return found

    return search


def first(results: list[list[dict[str, Any]]]) -> list[str]:
    return [found[0]["url"] if found else "" for found in results]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Where is it?", ["where", "is", "it"]),
        ("wasn’t wasn't wasnʼt", ["wasnt"] * 3),
        ("pick-up point", ["pick", "up", "pickup", "point"]),
        ("e-mail", ["e", "mail", "email"]),
        ("Café RÉSUMÉ naïve", ["cafe", "resume", "naive"]),
        ("ﬁne ２４", ["fine", "24"]),
        ("<img src=x onerror=alert(1)>", ["img", "src", "x", "onerror", "alert", "1"]),
        ("… — !", []),
        ("", []),
    ],
)
def test_text_becomes_folded_words(state: Page, text: str, words: list[str]) -> None:
    assert state.evaluate("text => undelivered.searchState.words(text)", text) == words


@pytest.mark.parametrize(
    ("text", "part"),
    [("ทำไมไม่ส่งของสักที", "ส่ง"), ("发货时间太长", "时间"), ("荷物が届かない", "荷物")],
)
def test_scripts_without_spaces_are_cut_into_words(state: Page, text: str, part: str) -> None:
    words = state.evaluate("text => undelivered.searchState.words(text)", text)
    folded = state.evaluate("text => undelivered.searchState.fold(text)", part)
    assert len(words) > 1
    assert folded in words


def test_without_a_segmenter_pairs_of_letters_stand_in_for_words(state: Page) -> None:
    state.evaluate("Intl.Segmenter = undefined")
    assert state.evaluate("undelivered.searchState.words('荷物が来ない')") == [
        "荷物",
        "物が",
        "が来",
        "来な",
        "ない",
    ]


@pytest.mark.parametrize(
    "forms",
    [
        ["parcel", "parcels"],
        ["ship", "ships", "shipped", "shipping"],
        ["refund", "refunds", "refunded", "refunding"],
        ["delivery", "deliveries"],
        ["arrive", "arrives", "arrived", "arriving"],
        ["box", "boxes"],
        ["track", "tracked", "tracking"],
        ["cancelled", "cancelling"],
    ],
)
def test_endings_of_one_word_share_a_stem(state: Page, forms: list[str]) -> None:
    assert len(set(state.evaluate("all => all.map(undelivered.searchState.stem)", forms))) == 1


@pytest.mark.parametrize("word", ["address", "status", "bus", "need", "red", "thing", "this", "22", "ring"])
def test_words_that_only_look_as_if_they_had_an_ending_keep_it(state: Page, word: str) -> None:
    assert state.evaluate("word => undelivered.searchState.stem(word)", word) == word


def test_readers_words_titles_headings_and_text_all_find_the_page(find: Search) -> None:
    questions = ["bank said no", "look around", "awaiting shipment", "letter", "customs"]
    assert first(find(questions)) == [
        "steps/refund/",
        "steps/look/",
        "steps/status/",
        "letters/complaint/",
        "steps/status/",
    ]


def test_plurals_typos_beginnings_and_word_order_do_not_matter(find: Search) -> None:
    questions = [
        "refunds",
        "refnd",
        "refu",
        "refunde",
        "recieved complant",
        "money your back for ask",
        "shipment awaiting",
    ]
    found = first(find(questions))
    assert found[:4] == ["steps/refund/"] * 4
    assert found[4:] == ["letters/complaint/", "steps/refund/", "steps/status/"]


def test_a_whole_question_finds_the_page_in_spite_of_its_small_words(find: Search) -> None:
    questions = ["it says deliverd but i was at home all of the day", "what can i do when the bank says no"]
    assert first(find(questions)) == ["steps/look/", "steps/refund/"]


def test_words_that_say_the_same_find_each_other(find: Search) -> None:
    assert first(find(["reimbursement", "package", "the retailer"])) == [
        "steps/refund/",
        "steps/status/",
        "letters/complaint/",
    ]


def test_a_heading_is_named_when_it_answers_more_than_the_title(find: Search) -> None:
    [stuck, order] = find(["stuck in transit", "order"])
    assert stuck[0]["heading"] == {"id": "transit", "words": "In transit and stuck"}
    assert order[0]["heading"] is None


def test_nothing_asked_and_nothing_known_find_nothing(find: Search) -> None:
    assert find(["", "   ", "…", "xylophone"]) == [[], [], [], []]


def test_at_most_eight_pages_are_found_and_lists_come_after_what_they_list(find: Search) -> None:
    many = [page_record(f"steps/{n}/", f"Parcel number {n}") for n in range(20)]
    [found] = find(["parcel"], [*many, page_record("steps/", "Parcels", boost=0.3)])
    assert len(found) == 8
    assert "steps/" not in {one["url"] for one in found}


def test_a_pasted_page_of_words_is_answered_at_once(state: Page, find: Search) -> None:
    long = " ".join(["refund", *(f"word{n}" for n in range(20_000))])
    assert first(find([long])) == ["steps/refund/"]


def test_thai_and_chinese_pages_are_found_by_a_part_of_a_sentence(find: Search) -> None:
    records = [
        page_record("th/", "ร้านค้าไม่ส่งของ", words=["พัสดุยังไม่มาถึง"]),
        page_record("zh/", "包裹没有送到", words=["卖家不发货"]),
        page_record("ja/", "荷物が届かない", words=["返金を求める"]),
    ]
    assert first(find(["พัสดุ", "发货", "返金"], records)) == ["th/", "zh/", "ja/"]


def test_data_of_another_shape_is_not_taken_for_data(state: Page) -> None:
    odd = [
        None,
        1,
        [],
        {},
        {"format": 2, "pages": [], "stop": [], "same": []},
        {"format": 1, "pages": {}},
        {"format": 1, "pages": [], "stop": [], "same": []},
    ]
    assert state.evaluate("all => all.map(undelivered.searchState.isData)", odd) == [False] * len(odd)
