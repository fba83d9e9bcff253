"""Word files with every element that the schema of WordprocessingML allows in the text, filled with words that occur once.

The table has the elements of the groups of wml.xsd (ECMA-376 Part 1, annex A): EG_BlockLevelElts, EG_ContentBlockContent,
EG_PContent, EG_ContentRunContent, EG_RunInnerContent, EG_RunLevelElements, EG_RangeMarkupElements, EG_ContentRowContent and
EG_ContentCellContent; the objects of shared-math.xsd; and drawings, VML and mc:AlternateContent. Elements that the program
refuses in every file (w:altChunk, w:subDoc, embedded objects and controls) are left out.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from random import Random

from tests.properties.mutate import pack_parts

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "lc": "http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
_TYPES = "application/vnd.openxmlformats-officedocument."
_PART_KINDS = ("footnotes", "endnotes", "comments", "header", "footer")
CHANGE = 'w:id="{number}" w:author="A" w:date="2026-11-02T09:00:00Z"'

RANGE_MARKUP = {
    name: f"<w:{name} {attributes}/>"
    for name, attributes in {
        "bookmarkStart": 'w:id="{number}" w:name="b{number}"',
        "bookmarkEnd": 'w:id="{number}"',
        "moveFromRangeStart": f'{CHANGE} w:name="m"',
        "moveFromRangeEnd": 'w:id="{number}"',
        "moveToRangeStart": f'{CHANGE} w:name="m"',
        "moveToRangeEnd": 'w:id="{number}"',
        "commentRangeStart": 'w:id="{number}"',
        "commentRangeEnd": 'w:id="{number}"',
        "customXmlInsRangeStart": CHANGE,
        "customXmlInsRangeEnd": 'w:id="{number}"',
        "customXmlDelRangeStart": CHANGE,
        "customXmlDelRangeEnd": 'w:id="{number}"',
        "customXmlMoveFromRangeStart": CHANGE,
        "customXmlMoveFromRangeEnd": 'w:id="{number}"',
        "customXmlMoveToRangeStart": CHANGE,
        "customXmlMoveToRangeEnd": 'w:id="{number}"',
        "proofErr": 'w:type="spellStart"',
        "permStart": 'w:id="{number}" w:edGrp="everyone"',
        "permEnd": 'w:id="{number}"',
    }.items()
}
_DELETED_RUN = "<w:r><w:rPr><w:i/></w:rPr><w:delText>{word}</w:delText></w:r>"
MATH = {
    "m:r": "<m:r><m:t>{word}</m:t></m:r>",
    "m:f": "<m:f><m:num>{math}</m:num><m:den>{math}</m:den></m:f>",
    "m:rad": "<m:rad><m:deg>{math}</m:deg><m:e>{math}</m:e></m:rad>",
    "m:sSup": "<m:sSup><m:e>{math}</m:e><m:sup>{math}</m:sup></m:sSup>",
    "m:sSub": "<m:sSub><m:e>{math}</m:e><m:sub>{math}</m:sub></m:sSub>",
    "m:sSubSup": "<m:sSubSup><m:e>{math}</m:e><m:sub>{math}</m:sub><m:sup>{math}</m:sup></m:sSubSup>",
    "m:sPre": "<m:sPre><m:sub>{math}</m:sub><m:sup>{math}</m:sup><m:e>{math}</m:e></m:sPre>",
    "m:nary": "<m:nary><m:naryPr/><m:sub>{math}</m:sub><m:sup>{math}</m:sup><m:e>{math}</m:e></m:nary>",
    "m:func": "<m:func><m:fName>{math}</m:fName><m:e>{math}</m:e></m:func>",
    "m:limLow": "<m:limLow><m:e>{math}</m:e><m:lim>{math}</m:lim></m:limLow>",
    "m:limUpp": "<m:limUpp><m:e>{math}</m:e><m:lim>{math}</m:lim></m:limUpp>",
    "m:d": "<m:d><m:dPr><m:begChr m:val='['/></m:dPr><m:e>{math}</m:e><m:e>{math}</m:e></m:d>",
    "m:m": "<m:m><m:mr><m:e>{math}</m:e><m:e>{math}</m:e></m:mr><m:mr><m:e>{math}</m:e></m:mr></m:m>",
    "m:eqArr": "<m:eqArr><m:e>{math}</m:e><m:e>{math}</m:e></m:eqArr>",
    **{
        name: f"<{name}><m:e>{{math}}</m:e></{name}>"
        for name in ("m:acc", "m:bar", "m:box", "m:borderBox", "m:groupChr", "m:phant")
    },
    "w:r in math": "<m:r><w:rPr><w:b/></w:rPr><w:t>{word}</w:t></m:r>",
}
_TEXT_BOX = "<w:txbxContent>{block}</w:txbxContent>"
_SHAPE = f"<wps:wsp><wps:txbx>{_TEXT_BOX}</wps:txbx><wps:bodyPr/></wps:wsp>"


def _alternatives(*branches: str) -> str:
    return f"<mc:AlternateContent>{''.join(branches)}</mc:AlternateContent>"


def _drawing(kind: str, content: str, around: str = "inline") -> str:
    return (
        f'<w:drawing><wp:{around}><wp:extent cx="9525" cy="9525"/><wp:docPr id="{{number}}" name="d"/><a:graphic>'
        f'<a:graphicData uri="{NAMESPACES[kind]}">{content}</a:graphicData></a:graphic></wp:{around}></w:drawing>'
    )


RUN_CONTENT = {
    "w:t": "<w:t>{word}</w:t>",
    "w:delText": "<w:delText>{word}</w:delText>",
    "w:instrText": "<w:instrText>{word}</w:instrText>",
    "w:delInstrText": "<w:delInstrText>{word}</w:delInstrText>",
    **{
        f"w:{name}": f"<w:{name}/>"
        for name in (
            *("br", "noBreakHyphen", "softHyphen", "dayShort", "monthShort", "yearShort", "dayLong", "monthLong", "yearLong"),
            *("annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "pgNum", "cr", "tab"),
            "lastRenderedPageBreak",
        )
    },
    "w:br of a page": '<w:t>{word}</w:t><w:br w:type="page"/><w:t>{word}</w:t>',
    "w:ptab": '<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>',
    "w:sym": '<w:sym w:font="Wingdings" w:char="F0FC"/>',
    "w:contentPart": '<w:contentPart r:id="{number}"/>',
    "w:object": f"<w:object><v:shape><v:textbox>{_TEXT_BOX}</v:textbox></v:shape></w:object>",
    "w:pict": f"<w:pict><v:shape><v:textbox>{_TEXT_BOX}</v:textbox></v:shape></w:pict>",
    "v:group": f"<w:pict><v:group><v:rect><v:textbox>{_TEXT_BOX}</v:textbox></v:rect></v:group></w:pict>",
    "v:textpath": '<w:pict><v:shape><v:textpath string="{word}"/></v:shape></w:pict>',
    "w:fldChar": (
        '<w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "https://example.org/" </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>{word}</w:t><w:fldChar w:fldCharType="end"/>'
    ),
    "w:fldChar without an end": '<w:fldChar w:fldCharType="begin"/><w:instrText>{word}</w:instrText>',
    "w:ruby": "<w:ruby><w:rt><w:r><w:t>{word}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{word}</w:t></w:r></w:rubyBase></w:ruby>",
    "w:footnoteReference": '<w:footnoteReference w:id="{footnotes}"/>',
    "w:endnoteReference": '<w:endnoteReference w:id="{endnotes}"/>',
    "w:commentReference": '<w:commentReference w:id="{comments}"/>',
    "wps:wsp": _drawing("wps", _SHAPE),
    "wps:wsp in wp:anchor": _drawing("wps", _SHAPE, "anchor"),
    "wpg:wgp": _drawing("wpg", f"<wpg:wgp>{_SHAPE}<wpg:grpSp>{_SHAPE}</wpg:grpSp></wpg:wgp>"),
    "wpc:wpc": _drawing("wpc", f"<wpc:wpc>{_SHAPE}</wpc:wpc>"),
    "lc:lockedCanvas": _drawing(
        "lc",
        "<lc:lockedCanvas><a:sp><a:txSp><a:txBody><a:p><a:r><a:t>{word}</a:t></a:r></a:p></a:txBody></a:txSp></a:sp></lc:lockedCanvas>",
    ),
    "c:chart": _drawing("c", '<c:chart r:id="rIdNone"/>'),
    "dgm:relIds": _drawing("dgm", '<dgm:relIds r:dm="rIdNone"/>'),
    "mc:AlternateContent in a run": _alternatives(
        "<mc:Choice Requires='wps'>{run}</mc:Choice>", "<mc:Fallback>{run}</mc:Fallback>"
    ),
    "two choices": _alternatives("<mc:Choice Requires='zz'>{run}</mc:Choice>", "<mc:Choice Requires='wps'>{run}</mc:Choice>"),
}
_RUN_LEVEL = {
    **{f"w:{name}": form for name, form in RANGE_MARKUP.items()},
    "w:ins": f"<w:ins {CHANGE}>{{runs}}</w:ins>",
    "w:del": f"<w:del {CHANGE}>{_DELETED_RUN}</w:del>",
    "w:moveFrom": f"<w:moveFrom {CHANGE}>{{runs}}</w:moveFrom>",
    "w:moveTo": f"<w:moveTo {CHANGE}>{{runs}}</w:moveTo>",
    "w:del in w:ins": f"<w:ins {CHANGE}><w:del {CHANGE}>{_DELETED_RUN}</w:del></w:ins>",
    "m:oMath": "<m:oMath>{math}{math}</m:oMath>",
    "m:oMathPara": "<m:oMathPara><m:oMath>{math}</m:oMath></m:oMathPara>",
}
_CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="a"/>{{kind}}</w:sdtPr><w:sdtContent>{{{slot}}}</w:sdtContent></w:sdt>'
_CUSTOM = '<w:customXml w:uri="urn:x" w:element="e"><w:customXmlPr/>{{{slot}}}</w:customXml>'


def _wrappers(slot: str, alternative: bool = True) -> dict[str, str]:
    """Return the elements that may be around the content of every kind."""
    forms = {f"w:sdt of {slot}": _CONTROL.format(slot=slot), f"w:customXml of {slot}": _CUSTOM.format(slot=slot)}
    if alternative:
        choice = f"<mc:Choice Requires='w14'>{{{slot}}}</mc:Choice><mc:Fallback>{{{slot}}}</mc:Fallback>"
        forms[f"mc:AlternateContent of {slot}"] = f"<mc:AlternateContent>{choice}</mc:AlternateContent>"
    return forms


INLINE = {
    "w:r": "<w:r>{rPr}{run}</w:r>",
    "several in w:r": "<w:r>{rPr}{run}{run}</w:r>",
    "w:hyperlink": '<w:hyperlink w:anchor="b">{inline}</w:hyperlink>',
    "w:hyperlink out": '<w:hyperlink r:id="rIdLink">{inline}{inline}</w:hyperlink>',
    "w:fldSimple": '<w:fldSimple w:instr=" PAGE ">{inline}</w:fldSimple>',
    "w:smartTag": '<w:smartTag w:uri="urn:x" w:element="e"><w:smartTagPr/>{inline}</w:smartTag>',
    "w:dir": '<w:dir w:val="rtl">{inline}</w:dir>',
    "w:bdo": '<w:bdo w:val="rtl">{inline}</w:bdo>',
    **_wrappers("inline"),
    **_RUN_LEVEL,
}
BLOCK = {
    "w:p": "<w:p>{pPr}{inline}{inline}</w:p>",
    "an empty w:p": "<w:p>{pPr}</w:p>",
    "w:tbl": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{row}{row}</w:tbl>",
    "w:tbl of one cell": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{block}</w:tc></w:tr></w:tbl>",
    **_wrappers("block"),
    **_RUN_LEVEL,
    "w:ins of w:p": f"<w:ins {CHANGE}>{{block}}</w:ins>",
    "w:moveFrom of w:p": f"<w:moveFrom {CHANGE}>{{block}}</w:moveFrom>",
}
ROW = {
    "w:tr": "<w:tr>{trPr}{cell}{cell}</w:tr>",
    "w:tr of two cells": "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{block}</w:tc><w:tc>{block}</w:tc></w:tr>",
    **_wrappers("row"),
    **_RUN_LEVEL,
}
CELL = {
    "w:tc": "<w:tc>{tcPr}{block}{block}</w:tc>",
    **_wrappers("cell"),
    **_RUN_LEVEL,
}
ELEMENTS = {"block": BLOCK, "inline": INLINE, "run": RUN_CONTENT, "row": ROW, "cell": CELL, "math": MATH}
"""The elements in each place, each with the places of its own content in braces."""

_PLAIN = {
    "block": "<w:p>{inline}</w:p>",
    "inline": "<w:r>{run}</w:r>",
    "runs": "<w:r><w:t>{word}</w:t></w:r>",
    "run": "<w:t>{word}</w:t>",
    "row": "<w:tr>{cell}</w:tr>",
    "cell": "<w:tc>{block}</w:tc>",
    "math": "<m:r><m:t>{word}</m:t></m:r>",
}
"""The content in each place where nothing else is chosen."""

_VALUES = {
    "pPr": (
        "",
        '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>',
        '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>',
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        f"<w:pPr><w:rPr><w:del {CHANGE}/></w:rPr></w:pPr>",
        '<w:pPr><w:pStyle w:val="Caption"/></w:pPr>',
        '<w:pPr><w:pStyle w:val="Quote"/><w:jc w:val="center"/></w:pPr>',
    ),
    "rPr": (
        "",
        "<w:rPr><w:b/></w:rPr>",
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
        "<w:rPr><w:vanish/></w:rPr>",
        "<w:rPr><w:strike/></w:rPr>",
    ),
    "trPr": (
        "",
        "<w:trPr><w:tblHeader/></w:trPr>",
        f"<w:trPr><w:del {CHANGE}/></w:trPr>",
        "<w:trPr><w:hidden/></w:trPr>",
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>',
    ),
    "tcPr": (
        "",
        '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>',
        '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>',
        "<w:tcPr><w:vMerge/></w:tcPr>",
    ),
    "kind": ("", "<w:text/>", "<w:showingPlcHdr/>", '<w:dropDownList><w:listItem w:value="x"/></w:dropDownList>', "<w:date/>"),
}
"""Properties to choose from."""

_SLOT = re.compile(r"\{(\w+)\}")
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


def made_up_word(number: int) -> str:
    """Return a word of eight letters that is no part of any other."""
    letters = ""
    for alphabet in (_CONSONANTS, _VOWELS) * 3:
        number, index = divmod(number, len(alphabet))
        letters += alphabet[index]
    return f"x{letters}q"


@dataclass(slots=True)
class WordFile:
    """A Word file that is being made.

    Attributes:
        random: Chooses the elements.
        words: The words of the file, each of which occurs once.
        notes: The content of notes, comments, headers and footers, keyed by the kind of part and the id.
    """

    random: Random
    words: list[str] = field(default_factory=list)
    notes: dict[str, dict[int, str]] = field(default_factory=lambda: {kind: {} for kind in _PART_KINDS})
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(2))

    def word(self) -> str:
        """Return a new word."""
        self.words.append(made_up_word(len(self.words)))
        return self.words[-1]

    def fill(self, form: str, depth: int) -> str:
        """Return XML with all places filled; elements within elements get plainer with the depth."""
        return _SLOT.sub(lambda slot: self._content(slot[1], depth), form)

    def _content(self, place: str, depth: int) -> str:
        if place == "word":
            return self.word()
        if place == "number":
            return str(next(self.numbers))
        if place in _VALUES:
            return self.fill(self.random.choice(_VALUES[place]) if self.random.random() < 0.4 else "", depth)
        if place in self.notes:
            number = next(self.numbers)
            self.notes[place][number] = ""
            self.notes[place][number] = self.fill("<w:p>{inline}</w:p><w:p>{inline}</w:p>", max(depth - 1, 0))
            return str(number)
        forms = ELEMENTS.get(place)
        if forms is None or depth <= 0 or self.random.random() < 0.2:
            return self.fill(_PLAIN[place], depth - 1)
        with_words = [form for form in forms.values() if "{" in form.replace("{number}", "")]
        return self.fill(self.random.choice(with_words if self.random.random() < 0.8 else list(forms.values())), depth - 1)

    def pack(self, body: str) -> bytes:
        """Return a Word file with a body and the notes that it refers to."""
        parts = {
            "word/document.xml": f"<w:document {_DECLARED}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/styles.xml": _STYLES,
            "word/numbering.xml": _NUMBERING,
        }
        for kind, name in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
            notes = "".join(f'<w:{name} w:id="{number}">{content}</w:{name}>' for number, content in self.notes[kind].items())
            parts[f"word/{kind}.xml"] = f"<w:{kind} {_DECLARED}>{notes}</w:{kind}>"
        for kind, root in (("header", "hdr"), ("footer", "ftr")):
            parts[f"word/{kind}1.xml"] = f"<w:{root} {_DECLARED}><w:p><w:r><w:t>{self.word()}</w:t></w:r></w:p></w:{root}>"
        kinds = {name: re.sub(r"[0-9]*\.xml$", "", name.removeprefix("word/")) for name in parts}
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{_TYPES}wordprocessingml.'
            f'{"document.main" if kind == "document" else kind}+xml"/>'
            for name, kind in kinds.items()
        )
        links = "".join(
            f'<Relationship Id="rId{index}" Type="{NAMESPACES["r"]}/{kind}" Target="{name.removeprefix("word/")}"/>'
            for index, (name, kind) in enumerate(kinds.items())
            if kind != "document"
        )
        outside = (
            f'<Relationship Id="rIdLink" Type="{NAMESPACES["r"]}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
        )
        main = f'<Relationship Id="rId1" Type="{NAMESPACES["r"]}/officeDocument" Target="word/document.xml"/>'
        address = "http://schemas.openxmlformats.org/package/2006"
        parts["[Content_Types].xml"] = (
            f'<Types xmlns="{address}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="{_TYPES.replace("officedocument.", "package.")}relationships+xml"/>'
            f"{overrides}</Types>"
        )
        parts["_rels/.rels"] = f'<Relationships xmlns="{address}/relationships">{main}</Relationships>'
        parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{address}/relationships">{links}{outside}</Relationships>'
        return pack_parts({name: text.encode() for name, text in parts.items()})


def _style(name: str, properties: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name.title().replace(" ", "")}"><w:name w:val="{name}"/>{properties}</w:style>'
    )


_NUMBERED = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
_STYLES = (
    f"<w:styles {_DECLARED}>{_style('heading 2')}{_style('list bullet', _NUMBERED)}{_style('caption')}{_style('quote')}"
    "</w:styles>"
)
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for level, (kind, text) in enumerate((("bullet", "•"), ("lowerLetter", "(%2)")))
)
_NUMBERING = (
    f'<w:numbering {_DECLARED}><w:abstractNum w:abstractNumId="0">{_LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_WRAPPED = {
    "block": "{here}",
    "inline": "<w:p><w:r><w:t>{word}</w:t></w:r>{here}<w:r><w:t>{word}</w:t></w:r></w:p>",
    "run": "<w:p><w:r><w:t>{word}</w:t>{here}<w:t>{word}</w:t></w:r></w:p>",
    "row": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{row}{here}</w:tbl>",
    "cell": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc>{block}</w:tc>{here}</w:tr></w:tbl>",
    "math": "<w:p><m:oMath>{here}</m:oMath></w:p>",
}
_SURROUNDING = "<w:p><w:r><w:t>{word} {word}</w:t></w:r></w:p>"


def file_with(place: str, element: str, random: Random) -> tuple[bytes, list[str]]:
    """Return a Word file with an element between two paragraphs, and its words."""
    file = WordFile(random)
    form = _WRAPPED[place].replace("{here}", ELEMENTS[place][element])
    return file.pack(file.fill(_SURROUNDING + form + _SURROUNDING, 2)), file.words


def random_file(random: Random) -> tuple[bytes, list[str]]:
    """Return a Word file of elements of all kinds within each other, and its words."""
    file = WordFile(random)
    return file.pack(file.fill(_SURROUNDING + "{block}" * random.randint(4, 20), random.randint(3, 9))), file.words
