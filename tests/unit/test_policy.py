"""The policies: what they say, which hashes a page needs, and what of a page they would refuse."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import policy

A, B = (f"sha256-{b64encode(sha256(text).digest()).decode()}" for text in (b"a", b"b"))


def directives(text: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in text.split("; "))}


@pytest.mark.parametrize("in_page", [True, False])
def test_nothing_is_allowed_that_is_not_named_and_nothing_unsafe_or_foreign_is_named(in_page: bool) -> None:
    found = directives(policy.policy([A], in_page=in_page))
    assert found["default-src"] == found["base-uri"] == found["form-action"] == ["'none'"]
    assert found["require-trusted-types-for"] == ["'script'"]
    assert found["trusted-types"] == ["undelivered"]
    assert found["script-src"] == ["'self'", f"'{A}'"]
    named = {source for sources in found.values() for source in sources}
    assert named == {"'none'", "'self'", "'script'", "data:", "undelivered", f"'{A}'"}
    assert [name for name, sources in found.items() if "data:" in sources] == ["img-src"]


def test_only_the_header_forbids_frames_because_a_page_cannot() -> None:
    header, page = (directives(policy.policy([A], in_page=one)) for one in (False, True))
    assert header.pop("frame-ancestors") == ["'none'"]
    assert header == page


def test_hashes_come_in_any_order_quoted_or_not_and_leave_sorted_and_once() -> None:
    text = policy.policy([B, f"'{A}'", A], [B], in_page=False)
    assert directives(text)["script-src"] == ["'self'", *sorted([f"'{A}'", f"'{B}'"])]
    assert directives(text)["style-src"] == ["'self'", f"'{B}'"]
    assert text == policy.policy(reversed([B, A]), [f"'{B}'"], in_page=False)


@pytest.mark.parametrize(
    "source",
    ["'unsafe-inline'", "unsafe-eval", "*", "https:", "", "sha256-short=", "sha1-x", f"{A} *", f"{A};"],
)
def test_what_is_no_hash_does_not_come_into_the_policy(source: str) -> None:
    with pytest.raises(ValueError, match="not a hash source"):
        policy.policy([A, source], in_page=False)


def test_the_headers_hold_one_line_each_and_nothing_that_would_end_a_quoted_value() -> None:
    headers = policy.headers([A], [B])
    assert {"Content-Security-Policy", "Referrer-Policy", "Permissions-Policy"} < headers.keys()
    assert "Strict-Transport-Security" not in headers
    for name, value in headers.items():
        assert value.isprintable() and value.isascii() and '"' not in value, name
        assert "$" not in value, "nginx would read a variable"


def test_only_the_copy_button_has_a_permission() -> None:
    features = dict(one.split("=") for one in policy.HEADERS["Permissions-Policy"].split(", "))
    assert [name for name, allowed in features.items() if allowed != "()"] == ["clipboard-write"]
    assert features["clipboard-write"] == "(self)"


# ---- hashes


def hashes(html: str) -> tuple[list[str], list[str]]:
    scripts, styles = policy.inline_hashes(html)
    return sorted(scripts), sorted(styles)


@pytest.mark.parametrize(
    "tag",
    [
        "<script>",
        "<SCRIPT>",
        '<script type="">',
        "<script type=module>",
        '<script defer type="text/javascript">',
        '<script type=" Application/JavaScript ">',
        '<script type="importmap">',
        '<script type="speculationrules">',
        "<script\nid=boot>",
    ],
)
def test_a_script_that_runs_is_hashed(tag: str) -> None:
    assert hashes(f"<p>x</p>{tag}a</script>") == ([A], [])


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/ld+json">{"a": 1}</script>',
        '<script type="application/json">a</script>',
        '<script type="text/template">a</script>',
        '<script src="x.js"></script>',
        "<script src='x.js' defer>a</script>",
        "<p>script</p>",
        "<scripture>a</scripture>",
    ],
)
def test_data_and_scripts_in_files_are_not_hashed(html: str) -> None:
    assert hashes(html) == ([], [])


def test_every_inline_element_counts_once_and_styles_apart() -> None:
    html = (
        "<style>a</style><script>a</script><script>b</script><script>a</script><style media=print>b</style>"
    )
    assert hashes(html) == (sorted([A, B]), sorted([A, B]))


def test_the_hash_is_of_the_text_between_the_tags_as_a_browser_holds_it() -> None:
    assert policy.hash_source("a") == A
    (hashed,), _ = hashes("<script>\n  x < 1 && y;\r\n</script >")
    assert hashed == policy.hash_source("\n  x < 1 && y;\n")
    # The example of the specification of Content Security Policy, section 8.3.
    told = "sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc="
    assert policy.hash_source("doSomething();") == told


# ---- refusals

PAGE = "<!doctype html><html><head><script>a</script></head><body>{}</body></html>"


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<p onclick=x()>", "handler in an attribute: onclick"),
        ("<body ONLOAD='x'>", "handler in an attribute: onload"),
        ("<svg onload=x>", "handler in an attribute: onload"),
        ("<p style='color: red'>", "style in an attribute"),
        ("<a href='javascript:x()'>", "script in an address: href"),
        ("<a href=' java\nscript:x()'>", "script in an address: href"),
        ("<a href='&#106;avascript:x()'>", "script in an address: href"),
        ("<button formaction='javascript:x()'>", "script in an address: formaction"),
        ("<base href='/'>", "<base> changes where every link leads"),
        ("<form action='/x'>", "a form that would be sent: action"),
        ("<iframe src='x'>", "<iframe> frames something"),
        ("<object data='x'>", "<object> frames something"),
        ("<meta http-equiv=refresh content='0; url=x'>", "<meta http-equiv=refresh> sends the reader away"),
        ("<script>b</script>", "inline script without its hash: b"),
        ("<style>b</style>", "inline style without its hash: b"),
        ("<script src='https://a.example/x.js'>", "fetched from elsewhere: https://a.example/x.js"),
        ("<link rel=stylesheet href='//a.example/x'>", "fetched from elsewhere: //a.example/x"),
        ("<link rel='preconnect' href='https://a.example'>", "fetched from elsewhere: https://a.example"),
        ("<link rel='canonical dns-prefetch' href='//a.example'>", "fetched from elsewhere: //a.example"),
        ("<img src='\\\\a.example/x'>", "fetched from elsewhere: \\\\a.example/x"),
        ("<img srcset='x.png 1x, http://a.example/2 2x'>", "fetched from elsewhere: http://a.example/2"),
        ("<video poster='http://a.example/p'>", "fetched from elsewhere: http://a.example/p"),
        (
            "<svg><use href='http://a.example/i.svg#x'/></svg>",
            "fetched from elsewhere: http://a.example/i.svg#x",
        ),
        ("<svg><image xlink:href='http://a.example/i'/></svg>", "fetched from elsewhere: http://a.example/i"),
        ("<a href='/x' ping='https://a.example/p'>", "fetched from elsewhere: https://a.example/p"),
        ("<img src='data:text/html,x'>", "fetched from elsewhere: data:text/html,x"),
    ],
)
def test_what_the_policy_would_refuse_is_found_with_its_line(html: str, what: str) -> None:
    assert f"line 2: {what}" in policy.refused(PAGE.format(f"\n{html}"), [A])


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://a.example/" rel="noopener">a source</a>',
        '<a href="mailto:x@a.example">write</a>',
        '<link rel="canonical" href="https://a.example/">',
        '<link rel="stylesheet" href="../assets/x.css">',
        '<script src="assets/x.js" defer></script>',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<script type="application/ld+json">{"onclick": "javascript:x"}</script>',
        "<p>onclick=x style=y javascript:z</p>",
        "<form></form>",
    ],
)
def test_what_the_policy_allows_is_not_reported(html: str) -> None:
    assert policy.refused(PAGE.format(html), [A]) == []


@given(st.text(alphabet=st.sampled_from("<>/\"'= abcsrtyp\n!-"), max_size=200))
def test_no_text_is_too_broken_to_be_read(text: str) -> None:
    assert isinstance(policy.refused(text), list)
    assert isinstance(policy.fetched(text), list)
    policy.inline_hashes(text)
