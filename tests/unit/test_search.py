"""Search data: one small record for each page, the same bytes each time, safe inside a script."""

from __future__ import annotations

import hashlib
import json
import re
import time
from pathlib import Path

import pytest
from projects import PROJECT, TODAY, lay_out

from generator import pipeline, search
from generator.pipeline import Kept
from generator.search import Record
from generator.search_words import SAME_WORDS, STOP_WORDS
from generator.store import Memory

VENDOR = PROJECT / "site_overrides" / "assets" / "javascripts" / "vendor"
BODY = """<div><article><header><h1 id="start">Title</h1></header>
<p>Customs may <b>hold</b> the parcel&rsquo;s box. Customs again, and <em>don&rsquo;t</em> pay.
<sup class="u-ref">7</sup></p><nav><a href="x">Elsewhere</a></nav><p hidden>Unseen</p>
<p data-search-exclude>Sourced</p><button>Pressed</button>
<h2 id="how">How &amp; <span>why</span></h2><dl><div id="word"><dt>Chargeback <span class="u-terms__also">card
 dispute, charge back</span></dt><dd>Meaning &lt;img&gt;</dd></div></dl>
<script>scripted()</script></article></div>"""


def made(body: str = BODY, **more: object) -> Record:
    return search.record(
        "a/b/", "Title", "A lead line", ["reader's words"], 1, body.format(**more) if more else body
    )


def held(text: str) -> dict[str, object]:
    """What the script hands over."""
    assert text.startswith("undelivered.searchPages=") and text.endswith(";\n")
    found: dict[str, object] = json.loads(text.removeprefix("undelivered.searchPages=").removesuffix(";\n"))
    return found


def test_a_record_holds_each_telling_word_of_the_page_once() -> None:
    assert made().words == "again box customs hold img meaning parcel's pay"


def test_a_record_knows_headings_and_defined_words_with_their_ids() -> None:
    assert made().headings == (
        ("how", "How & why"),
        ("word", "Chargeback"),
        ("word", "card dispute"),
        ("word", "charge back"),
    )


def test_words_of_names_headings_and_readers_are_not_held_twice() -> None:
    body = "<div><h2 id='a'>Refund</h2><p>Title lead line reader's words refund parcel</p></div>"
    assert made(body).words == "parcel"


def test_languages_without_spaces_stay_in_runs() -> None:
    assert made("<div><p>พัสดุยังไม่มาถึง 包裹没有送到。</p></div>").words == "พัสดุยังไม่มาถึง 包裹没有送到。"


@pytest.mark.parametrize(
    "odd", ["", "<div>", "</div></p>", "<p><li><h2 id=x>", "a < b & c", "<h2 id=''>x</h2>"]
)
def test_no_body_is_too_odd_for_a_record(odd: str) -> None:
    assert made(odd).url == "a/b/"


def test_the_same_records_give_the_same_bytes_in_any_order() -> None:
    records = [search.record(f"{n}/", f"Page {n}", "Lead", [], 1, BODY) for n in range(9)]
    assert search.data(records) == search.data(reversed(records))


def test_headings_that_stand_on_many_pages_are_left_out() -> None:
    few = [search.record(f"{n}/", f"Page {n}", "Lead", [], 1, "<h2 id='how'>How?</h2>") for n in range(4)]
    many = [search.record(f"{n}/", f"Page {n}", "Lead", [], 1, "<h2 id='how'>How?</h2>") for n in range(5)]
    assert [row[4] for row in held(search.data(few))["pages"]] == [[["how", "How?"]]] * 4  # type: ignore[index,attr-defined]
    assert [row[4] for row in held(search.data(many))["pages"]] == [[]] * 5  # type: ignore[index,attr-defined]


def test_each_word_is_held_once_with_the_pages_that_it_stands_on() -> None:
    bodies = ["<p>parcel refund", "<p>parcel", *["<p>other"] * 40, "<p>parcel"]
    records = [search.record(f"{n:02}/", "Page", "Lead", [], 1, body) for n, body in enumerate(bodies)]
    found = held(search.data(records))
    assert (found["words"], str(found["on"]).split(" ")[1:]) == ("other parcel refund", ["0.1.15", "0"])


def test_nothing_in_a_record_ends_the_script() -> None:
    hostile = "</script><!--<script>\u2028\u2029&amp;"
    text = search.data([search.record("x/", hostile, hostile, [hostile], 1, f"<h2 id='a'>{hostile}</h2>")])
    assert not re.search("[<>&\u2028\u2029]", text)
    assert held(text)["pages"][0][1] == hostile  # type: ignore[index]


def test_every_page_but_those_that_are_no_answer_has_a_record(tmp_path: Path) -> None:
    build = pipeline.build(lay_out(tmp_path, {}), TODAY)
    rows = held(build.files[search.PATH].decode())["pages"]
    urls = {row[0] for row in rows}  # type: ignore[attr-defined]
    pages = {path.removesuffix("index.md") for path in build.pages if path != "404.md"}
    assert pages - urls == {"search/", "steps/old-step/"}
    assert urls <= pages


def test_readers_own_words_and_weights_come_with_the_record(tmp_path: Path) -> None:
    build = pipeline.build(PROJECT, TODAY)
    rows = {row[0]: row for row in held(build.files[search.PATH].decode())["pages"]}  # type: ignore[attr-defined]
    assert "small claims court" in rows["steps/report-it/"][3]
    assert rows["steps/"][5] < rows["guides/tiktok-shop-not-delivered/"][5] < rows["steps/report-it/"][5]


def test_kept_records_give_the_same_data_and_a_changed_page_a_new_one(tmp_path: Path) -> None:
    texts = dict(pipeline.build(lay_out(tmp_path, {}), TODAY).pages)
    prints = dict(texts)
    store = Memory()
    first = search.files(texts, prints, store, "ground")
    assert search.files({}, prints, store, "ground") == first, "nothing is read again"
    path = "steps/ask-seller/index.md"
    texts[path] = texts[path].replace("</article>", "<p>Xylophone</p></article>")
    changed = search.files({path: texts[path]}, {**prints, path: "new"}, store, "ground")
    assert b"xylophone" in changed[search.PATH]
    assert changed == search.files(texts, texts, Memory(), "other ground")


def test_a_record_takes_about_a_millisecond() -> None:
    pages = pipeline.build(PROJECT, TODAY, Kept()).pages
    start = time.process_time()
    for path, text in pages.items():
        search.record_of(path, text)
    # 0.6 ms on a quiet machine; the bound only catches a parser that is ten times slower.
    assert (time.process_time() - start) / len(pages) < 0.006


def test_no_word_is_in_two_groups_or_both_silent_and_in_a_group() -> None:
    words = [word for group in SAME_WORDS for word in group]
    assert len(words) == len(set(words))
    assert not STOP_WORDS & set(words)
    assert all(len(group) > 1 for group in SAME_WORDS)
    assert not {"not", "never", "no", "before", "after", "out"} & STOP_WORDS


def test_vendored_scripts_are_what_their_list_says() -> None:
    rows = re.findall(
        r"^\| `(\S+\.js)` .*`([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text("utf-8"), re.M
    )
    assert {name for name, _ in rows} == {path.name for path in VENDOR.glob("*.js")} != set()
    for name, sum_ in rows:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == sum_, name
