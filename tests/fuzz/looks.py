"""Targets for stylesheets and templates of a workspace, with ordinary mistakes and hostile content."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random

import tinycss2
from hypothesis import strategies as st
from lxml import etree

from ipdocs.locale.language import languages
from ipdocs.localisation.localise import localise
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import open_source
from ipdocs.templating.cascade import Cascade
from ipdocs.templating.declarations import read_declarations
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.render_html import render_html
from ipdocs.workspace import Workspace

from ..properties.mutate import damage
from .sources import ROOT, SMALL
from .target import Case, Target
from .yaml_cases import WORD, encoded

CSS = "templates/press-release/style.css"
TEMPLATE = "templates/press-release/document.html"
SHIPPED_CSS = (ROOT / CSS).read_text("utf-8") + (ROOT / "templates/_shared/base.css").read_text("utf-8")
SHIPPED_TEMPLATE = (ROOT / TEMPLATE).read_text("utf-8")

SELECTORS = (
    *(
        "p",
        "*",
        "html",
        "body",
        "h1",
        ".title-block",
        "li",
        "ul",
        "ol",
        "table",
        "td",
        "tr",
        "a",
        "figure",
        "img",
        "article",
        "header",
    ),
    *(
        "p::before",
        "p::after",
        "li::marker",
        "p::first-line",
        "p::first-letter",
        ".footnote",
        "::footnote-call",
        ".parallel .row",
    ),
    *(
        "p:has(a)",
        ":not(:not(:not(p)))",
        ":is(p, :is(li, :is(a)))",
        "p:nth-child(99999n+99999)",
        ":lang(zh)",
        "[class~=x]",
        "p, , p",
    ),
    *(
        "p > > p",
        "&",
        "& &",
        "& p",
        ":root",
        "p:hover",
        "p::nonsense",
        "a|b",
        "[href^=http]",
        "*:not(*)",
        "#x",
        ".\\31",
        "p + p ~ p",
    ),
    *(
        ":not(" * 12 + "p" + ")" * 12,
        ":is(" * 40 + "p" + ")" * 40,
        " ".join(["p"] * 300),
        " > ".join(["*"] * 60),
        ", ".join(["p"] * 2000),
    ),
)
PROPERTIES = re.findall(
    r"\S+",
    """
content width height min-width max-width margin margin-left padding border border-width border-radius
font-size font line-height font-family font-weight font-style letter-spacing word-spacing text-indent
text-align text-transform text-decoration color background background-image background-size
background-position display position float clear overflow columns column-count column-width column-gap
column-span grid-template-columns grid-template- rows grid-area flex flex-basis order gap orphans widows
break-before break-after break-inside page size marks bleed counter-reset counter-increment counter-set
list-style list-style-type list-style-image quotes hyphens hyphenate- limit-chars tab-size white-space
overflow-wrap transform transform-origin opacity visibility z-index vertical-align border-spacing
border-collapse caption-side table-layout bookmark-level bookmark-label string-set footnote-display
footnote-policy leader object-fit image-resolution image-rendering box-shadow clip outline outline-width lang
text- emphasis text-underline-offset max-lines block-ellipsis continue box-decoration-break inline-size
block-size aspect-ratio all anchor link running appearance direction --x --y --z nonsense
    """,
)
NUMBERS = ("0", "1", "-1", "2", "0.0001", "1e9", "-1e9", "99999999999", "1e-9", "100", "3", "7.5", "20000", "1e400", "12", "400")
UNITS = (
    "",
    "px",
    "pt",
    "em",
    "rem",
    "%",
    "mm",
    "in",
    "cm",
    "ex",
    "ch",
    "lh",
    "vw",
    "vh",
    "deg",
    "dpi",
    "dppx",
    "fr",
    "s",
    "zz",
    "cap",
    "Q",
)
WORDS = (
    *(
        "auto",
        "none",
        "inherit",
        "initial",
        "unset",
        "revert",
        "normal",
        "bold",
        "red",
        "#zzz",
        "#12345678",
        "transparent",
        "currentColor",
    ),
    *(
        "block",
        "inline",
        "inline-block",
        "flex",
        "grid",
        "table",
        "table-cell",
        "table-row",
        "list-item",
        "contents",
        "flow-root",
        "fixed",
    ),
    *(
        "absolute",
        "relative",
        "left",
        "right",
        "both",
        "page",
        "avoid",
        "always",
        "recto",
        "column",
        "footnote",
        "running(x)",
        "A4",
        "landscape",
    ),
    *(
        "decimal",
        "lower-roman",
        "upper-alpha",
        "cjk-decimal",
        "ethiopic-numeric",
        "hebrew",
        "disc",
        "pre",
        "pre-wrap",
        "nowrap",
        "span all",
    ),
    *(
        "ip-serif",
        "ip-sans",
        "serif",
        "'Nobody Has This'",
        "open-quote",
        "no-close-quote",
        "attr(href)",
        "attr(href url)",
        "attr(x px, 1)",
    ),
    *(
        "counter(page)",
        "counters(x, '.')",
        "counter(x, symbols(cyclic 'a' 'b'))",
        "target-counter(attr(href), page)",
        "string(x)",
    ),
    *(
        "target-text(attr(href))",
        "leader('.')",
        "leader('')",
        "leader(dotted)",
        "content()",
        "content(before)",
        "element(x)",
        "first(x)",
    ),
    *(
        "url(http://127.0.0.1:9/x.png)",
        "url('//127.0.0.1:9/x')",
        "url(file:///etc/hostname)",
        "url(data:image/png;base64,AAAA)",
        "url()",
    ),
    *(
        "url('data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
        "image-set('http://127.0.0.1:9/x' 1x)",
        "url(seal.png)",
    ),
    *(
        "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3C/svg%3E\")",
        "src('x')",
        "image('x')",
    ),
    *(
        "var(--x)",
        "var(--y, 1px)",
        "var(--x) var(--x) var(--x)",
        "var(--z) var(--z)",
        "var()",
        "env(x)",
        "calc(1px + 1em)",
        "calc(100% / 0)",
    ),
    *(
        "calc(" * 15 + "1px" + ")" * 15,
        "min(1px, 2em)",
        "max()",
        "clamp(1px, 2px, 3px)",
        "round(1.5px, 1px)",
        "mod(1px, 0px)",
        "sqrt(-1)",
    ),
    *(
        "linear-gradient(red, blue)",
        "repeating-linear-gradient(red 0, blue 0.0000001px)",
        "radial-gradient(circle at 1e9px 0, red, blue)",
    ),
    *(
        "conic-gradient(red, blue)",
        "rgb(1 2 3 / 50%)",
        "rgb(1e9, 0, 0)",
        "hsl(1e9deg 50% 50%)",
        "color-mix(in lab, red, blue)",
        "rotate(1e9deg)",
    ),
    *(
        "matrix(0,0,0,0,0,0)",
        "scale(0)",
        "scale(1e9)",
        "repeat(1000000, 1fr)",
        "repeat(auto-fill, 0)",
        "repeat(auto-fill, 1px)",
        "minmax(0, 0)",
    ),
    *(
        "'x'",
        "'\\0'",
        "'\\110000'",
        '"字"',
        "'\\A'",
        "'" + "字" * 500 + "'",
        "U+0-10FFFF",
        "!important",
        ",",
        "/",
        "(",
        ")",
        "[",
        "\\",
        "x" * 3000,
    ),
)
AT_RULES = (
    *(
        '@import "http://127.0.0.1:9/x.css";',
        "@import url(//127.0.0.1:9/x.css);",
        '@IMPORT "style.css" print;',
        "@im\\port 'x';",
    ),
    *(
        "@font-face { font-family: zz; src: url(http://127.0.0.1:9/z.woff) }",
        "@font-face { font-family: zz; src: local('Arial') }",
    ),
    *(
        "@font-face { font-family: ip-serif; src: url(data:font/woff;base64,AAAA) }",
        "@charset 'utf-16';",
        "@namespace url(http://x/);",
    ),
    *(
        "@page { size: 0 }",
        "@page { size: 1px 1px }",
        "@page { size: 1e9px }",
        "@page { margin: 1e9px }",
        "@page { size: A4 A4 A4 }",
    ),
    *(
        "@page :nth(99999) { size: A5 }",
        "@page { width: 0; height: 0 }",
        "@page { margin: 50% 100% 200% }",
        "@page x:first:left { margin: -5cm }",
    ),
    *("@page { @top-left { content: element(x) } @bottom-center { content: counter(pages, lower-roman); width: 1e9px } }",),
    *(
        "@page { @footnote { float: bottom; max-height: 0 } }",
        "@page { @top-center { content: leader('.'); } }",
        "@page { marks: crop; bleed: 1e5px }",
    ),
    *(
        "@media print { p { color: red } }",
        "@media screen { p { background: url(http://127.0.0.1:9/x) } }",
        "@media (min-width: 1e9px) { p { x: y } }",
    ),
    *(
        "@supports (display: grid) { p { display: grid } }",
        "@layer a, b; @layer b { p { color: blue } }",
        "@container (x) { p { color: red } }",
    ),
    *("@counter-style x { system: symbolic; symbols: 'ab' 'cd' } ol { list-style: x; counter-reset: list-item 9999 }",),
    *(
        "@counter-style x { system: extends y } @counter-style y { system: extends x } ol { list-style: x }",
        "@counter-style z { pad: 99999999 '0' }",
    ),
    *(
        "@counter-style w { system: additive; additive-symbols: 0 'a', 1 '' } ol { list-style: w }",
        "@counter-style v { fallback: v } ol { list-style: v }",
    ),
    *(
        "@counter-style n { system: numeric; symbols: 'a' } ol { list-style: n }",
        "@counter-style q { system: fixed 9999999999; symbols: a } li { list-style: q }",
    ),
    *(":root { --x: var(--y) var(--y); --y: var(--z) var(--z); --z: var(--x) } p { content: var(--x) }",),
    *("".join(f":root {{ --v{n}: {f'var(--v{n + 1}) ' * 10} }}" for n in range(12)) + "p { margin: var(--v0) }",),
    *(
        "p { & & { & & { & & { & & { & & { & & { color: red } } } } } } }",
        "p {" * 30 + "}" * 30,
        "{" * 200,
        "}" * 20,
        "<!-- -->",
        "/*",
        "p {",
    ),
)
TOKEN = st.one_of(st.sampled_from(WORDS), st.tuples(st.sampled_from(NUMBERS), st.sampled_from(UNITS)).map("".join))
DECLARATION = st.tuples(st.sampled_from(PROPERTIES), st.lists(TOKEN, min_size=1, max_size=4).map(" ".join)).map(": ".join)
RULE = st.tuples(st.sampled_from(SELECTORS), st.lists(DECLARATION, max_size=4).map("; ".join)).map(
    lambda rule: f"{rule[0]} {{ {rule[1]} }}"
)
PAGE = st.lists(DECLARATION, max_size=3).map(lambda said: f"@page {{ {'; '.join(said)} }}")
PARTS = st.lists(st.one_of(RULE, RULE, RULE, RULE, PAGE, st.sampled_from(AT_RULES), WORD), min_size=1, max_size=5).map("\n".join)


@st.composite
def stylesheets(draw: st.DrawFn) -> Case:
    """A stylesheet of a workspace: the shipped one with added rules, a changed value or damaged bytes."""
    text = SHIPPED_CSS
    match draw(st.sampled_from(("add", "add", "add", "change", "damage"))):
        case "add":
            text += "\n" + draw(PARTS)
        case "change":
            values = list(re.finditer(r"(?<=: )[^;{}]+(?=;)", text))
            chosen = values[draw(st.integers(0, len(values) - 1))]
            text = text[: chosen.start()] + draw(TOKEN) + text[chosen.end() :]
        case _:
            return {CSS: damage(encoded(text), Random(draw(st.integers(0, 2**32))))}
    return {CSS: encoded(text)}


def beside(folder: Path) -> None:
    """Write a small source with a block of every kind into a workspace with its own templates."""
    for name in ("locales", "d", "templates/press-release"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "d/x.yaml").write_text(SMALL, "utf-8")


def documents(folder: Path) -> HtmlDocument:
    """Return the HTML of the small source in two languages."""
    workspace = Workspace(folder)
    source = open_source(folder / "d/x.yaml", workspace)
    return render_html([localise(source, languages(workspace)[code]) for code in ("en", "tc")])


def styled(folder: Path) -> None:
    """Read a stylesheet and compute the styles of the document's elements and pages."""
    document = documents(folder)
    cascade = Cascade(document)
    for element in document.root.iter():
        if isinstance(element.tag, str):
            dict(cascade.style(element))
            cascade.pseudo_style(element, "before")
    cascade.page_styles()
    cascade.counter_styles()
    for sheet in document.stylesheets:
        read_declarations(sheet)


def built(folder: Path) -> None:
    """Build the small source as Word, PDF and HTML; the page must not have addresses that a browser loads."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    formats = ("docx", "pdf", "html", "txt")
    build([folder / "d/x.yaml"], folder / "out", BuildRequest(editions=("tc", "en+tc"), formats=formats))
    for path in (folder / "out/small").glob("*.html"):
        reaching = loaded(path.read_text("utf-8"))
        assert not reaching, reaching


def loaded(page: str) -> list[str]:
    """Return the addresses in a web page that a browser loads automatically: all except links."""
    root = etree.HTML(page)
    found = [
        f"{name}={value}"
        for element in root.iter(etree.Element)
        for name, value in element.attrib.items()
        if name not in ("href", "lang", "class", "alt", "id", "content") and re.search(r"(?i)//|url\(|javascript:", value)
        if not value.startswith("data:")
    ]
    for element in root.iter("style"):
        rules = [rule for rule in tinycss2.parse_stylesheet(element.text or "") if rule.type != "error"]
        found += [
            rule.at_keyword for rule in rules if rule.type == "at-rule" and rule.lower_at_keyword in ("import", "font-face")
        ]
        found += re.findall(r"(?i)url\(\s*['\"]?(?!data:)[^)]{0,40}", tinycss2.serialize(rules))
    return found + [
        str(element.tag) for element in root.iter("link", "script", "iframe", "object", "embed", "base", "svg", "source")
    ]


JINJA = (
    *(
        "{{ 1/0 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 10 ** 10 ** 8 }}",
        "{{ range(1000000000) | list }}",
        "{{ [1] * 1000000000 }}",
        "{{ x }}",
    ),
    *(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}<p>{{ a }}</p>{% endfor %}",
    ),
    *("{% set ns = namespace(x='xxxxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",),
    *("{% set ns = namespace(x='xxxxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",),
    *("{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",),
    *(
        "{% macro m(n) %}{{ m(n + 1) }}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}",
        "{% include 'press-release/document.html' %}",
        "{% extends x %}",
    ),
    *(
        "{% extends 'press-release/document.html' %}",
        "{% import '/etc/passwd' as x %}",
        "{% include '../../../../etc/passwd' %}",
        "{% include [] %}",
    ),
    *(
        "{{ ''.__class__.__mro__ }}",
        "{{ gettext.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ lipsum(99999) }}",
    ),
    *(
        "{{ 'x'.center(1000000000) }}",
        "{{ 'x' | center(1000000000) }}",
        "{{ 'a' | indent(1000000000) }}",
        "{{ '%1000000000d' % 1 }}",
    ),
    *(
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 'x'.rjust(10**9) }}",
        "{{ 'x' | batch(1000000000, 'y') | list }}",
        "{{ 'ab' | replace('', 'x' * 99999) }}",
    ),
    *(
        "{{ document.title | nonsense }}",
        "{{ document.nothing }}",
        "{{ document.title.x.y }}",
        "{{ document.body[999] }}",
        "{{ document | date }}",
    ),
    *(
        "{{ document.issued | date('nonsense') }}",
        "{{ 'x' | money }}",
        "{{ document.body | number }}",
        "{{ 99999999999 | roman }}",
        "{{ -1 | roman }}",
    ),
    *(
        "{{ gettext('%(x)s') }}",
        "{% trans %}{{ x }}{% endtrans %}",
        "{% trans n=1 %}a{% pluralize %}b{% endtrans %}",
        "{{ gettext('%s %s') }}",
        "{{ ngettext('a','b','c') }}",
    ),
    *(
        "{% raw %}",
        "{% endfor %}",
        "{{",
        "{%",
        "{#",
        "{% if %}",
        "{% block x %}{% endblock %}{% block x %}{% endblock %}",
        "{% call x() %}{% endcall %}",
    ),
    *(
        "{% filter upper %}x{% endfilter %}",
        "{% autoescape false %}<script>{% endautoescape %}",
        "{{ '<script>' | safe }}",
        "{% set document = 1 %}",
    ),
    *(
        "{% for b in document.body recursive %}{{ loop(document.body) }}{% endfor %}",
        "{{ " + "(" * 100 + "1" + ")" * 100 + " }}",
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    ),
    *(
        "{{ " + "not " * 3000 + "1 }}",
        "{{ " + "1+" * 3000 + "1 }}",
        "{{ " + "[" * 80 + "]" * 80 + " }}",
        "{% if 1 %}" * 150 + "{% endif %}" * 150,
    ),
    *(
        "{% for x in range(3) %}" * 25 + "x" + "{% endfor %}" * 25,
        "{{ range(99999)|map('string')|join|length }}",
        "{{ loop.index }}",
        "{% break %}",
    ),
)
HTML = (
    *(
        "<p>stray</p>",
        "stray text",
        "<p data-block='lead'>twice</p>",
        "<p data-block=''>x</p>",
        "<p data-block='a b/c'>x</p>",
        "<!-- c -->",
    ),
    *(
        "<script>alert(1)</script>",
        "<style>@import 'http://127.0.0.1:9/x';</style>",
        "<iframe src='http://127.0.0.1:9'></iframe>",
        "<base href='http://x/'>",
    ),
    *(
        "<img src='http://127.0.0.1:9/x.png' alt=x>",
        "<img src='nothing.png'>",
        "<img>",
        "<img src='/etc/hostname' alt=x>",
        "<img src='data:,x' alt=''>",
    ),
    *(
        "<p data-block=x onclick='alert(1)'>x</p>",
        "<p data-block=x style='background: url(http://127.0.0.1:9/x)'>x</p>",
        "<p data-block=x style='x'>x</p>",
    ),
    *(
        "<p data-block=x background='http://127.0.0.1:9/x'>x</p>",
        "<img data-block=x srcset='http://127.0.0.1:9/x 1x' src='photo.png' alt=x>",
    ),
    *(
        "<a href='javascript:alert(1)' data-block=x>x</a>",
        "<p data-block=x><a href='http://[::1'>x</a></p>",
        "<a ping='http://127.0.0.1:9' href='#x'>x</a>",
    ),
    *(
        "<table data-block=x><tr><td colspan=99999999 rowspan=9999999>x</td></tr></table>",
        "<table data-block=x></table>",
        "<td>x</td>",
    ),
    *(
        "<table data-block=x><tr><td rowspan=-1 colspan=x>x</td></tr></table>",
        "<ol data-block=x start=99999999999><li value=x>x</li></ol>",
        "<li>x</li>",
    ),
    *(
        "<div>" * 300 + "x" + "</div>" * 300,
        "<ul data-block=x>" + "<li><ul>" * 60 + "</ul></li>" * 60 + "</ul>",
        "<p data-block=x>" + "<span>" * 200 + "</p>",
    ),
    *(
        "</article></body></html>",
        "<html><body>",
        "<p",
        "<p data-block",
        "&#0;",
        "&#xD800;",
        "\x0c",
        "<svg><use href='#x'/></svg>",
        "<math>",
        "<h6>x</h6>",
    ),
    *(
        "<h1 data-block=h>again</h1>",
        "<h4 data-block=h4>x</h4>",
        "<figure data-block=f></figure>",
        "<dl data-block=d><dd>x</dd></dl>",
        "<hr data-block=r class=page-break>",
    ),
    *(
        "<p data-block=n>x<span class=footnote>" * 20 + "y" + "</span></p>" * 20,
        "<nav data-block=c class=contents><ul><li><a href='#none'>x</a></li></ul></nav>",
    ),
    *(
        "<p data-block=l lang='xx-nonsense'>x</p>",
        "<p data-block=l lang='zh-Hant-HK'>字</p>",
        "<p data-block=p data-place='x:y:z'>x</p>",
        "<p data-block=e></p>",
    ),
    *(
        "<br data-block=b>",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "<x:y data-block=x>x</x:y>",
        "<p id=en-lead data-block=q>x</p>",
        "<p data-block='\x01'>x</p>",
    ),
)


@st.composite
def templates(draw: st.DrawFn) -> Case:
    """A template: the shipped one with removed lines and attributes, renamed elements, and inserted Jinja and HTML."""
    lines = SHIPPED_TEMPLATE.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("jinja", "jinja", "html", "html", "drop", "double", "rename", "attribute", "damage"))):
            case "jinja":
                lines.insert(at, draw(st.sampled_from(JINJA)))
            case "html":
                lines.insert(at, draw(st.sampled_from(HTML)))
            case "drop":
                del lines[at : at + draw(st.integers(1, 3))]
            case "double":
                lines.insert(at, lines[at])
            case "rename":
                lines[at] = re.sub(
                    r"(</?)(\w+)", lambda tag: tag[1] + draw(st.sampled_from(("div", "b", "td", "x", "li"))), lines[at]
                )
            case "attribute":
                lines[at] = re.sub(r" [\w-]+=\"[^\"]*\"", "", lines[at], count=1)
            case _:
                text = damage(encoded("".join(lines)), Random(draw(st.integers(0, 2**32))))
                return {TEMPLATE: text}
        if not lines:
            break
    return {TEMPLATE: encoded("".join(lines))}


def rendered(folder: Path) -> None:
    """Render a template in two languages, side by side."""
    documents(folder)


SHEETS = (
    "ipdocs.templating.render_html",
    "ipdocs.templating.cascade",
    "ipdocs.templating.declarations",
    "ipdocs.templating.template",
)
LOOK_TARGETS = (
    Target("style.css", "open", stylesheets(), styled, beside, caches=SHEETS, weight=2),
    Target("document.html", "open", templates(), rendered, beside, caches=SHEETS, weight=3),
    Target("built-style.css", "build", stylesheets(), built, beside, caches=SHEETS, weight=25),
    Target("built-document.html", "build", templates(), built, beside, caches=SHEETS, weight=10),
)
