"""Removal of noise around a release, such as sharing links, navigation and related articles."""

from __future__ import annotations

import re
from dataclasses import replace

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph

_SHARING = re.compile(
    r"(bookmark and share|share( this)?( (page|article|on .{2,20}))?|tweet|like|e-?mail( this)?( page| article)?|"
    r"print(er[- ]friendly)?( version| this page)?|facebook|twitter|linkedin|whatsapp|wechat|weibo|"
    r"分享|列印|打印|轉寄|轉發|电邮|電郵|微信|微博)[\s:|]*",
    re.I,
)
_NAVIGATION = re.compile(
    r"(skip to .{3,30}|back to (top|list)|home( ?[>›»/|].*)?|(previous|next)( page| article)?|sitemap|site map|search|menu|login|"
    r"subscribe|主頁|首頁|返回(頁頂|列表)?|頁首|網頁指南|搜尋|上一頁|下一頁)[\s:|]*",
    re.I,
)
_RELATED = re.compile(
    r"(related (articles?|news|topics?|links?|reading|stories)|more (news|stories|from .*)|you may also like.*|see also|"
    r"law firms?|"
    r"advertisements?|sponsored.*|comments?( \(\d+\))?|tags?:?.*|相關(新聞|文章|連結|資料)|更多新聞|延伸閱讀)[\s:]*",
    re.I,
)
_FOOTER = re.compile(
    r"(©|\(c\)|copyright\b|版權所有|all rights reserved|privacy policy|私隱政策|免責聲明|disclaimer).{0,160}", re.I
)
_LANGUAGE_SWITCH = re.compile(r"((english|繁體中文|繁體|繁|简体中文|简体|簡體|简|簡|中文|eng|português)[\s/|]*)+", re.I)
_NOISE = (
    (_SHARING, LeftOutReason.SHARING_LINK),
    (_NAVIGATION, LeftOutReason.NAVIGATION),
    (_LANGUAGE_SWITCH, LeftOutReason.LANGUAGE_SWITCH),
    (_FOOTER, LeftOutReason.PAGE_FOOTER),
)
_MAX_LINK_LENGTH = 100


def without_noise(imported: ImportedFile) -> ImportedFile:
    """Return an imported file without noise; `left_out` lists the removed texts with reasons.

    A heading such as "Related Articles" and everything after the heading are noise if only short lines follow.
    """
    result = replace(imported, paragraphs=[], left_out=list(imported.left_out))
    after_related = False
    for index, paragraph in enumerate(imported.paragraphs):
        text = " ".join(paragraph.text.split())
        if reason := next((reason for pattern, reason in _NOISE if pattern.fullmatch(text)), None):
            result.left_out.append(LeftOut(text, reason, paragraph.line))
            continue
        if not after_related and _RELATED.fullmatch(text) and _are_links(imported.paragraphs[index + 1 :]):
            after_related = True
        if after_related:
            result.left_out.append(LeftOut(text, LeftOutReason.RELATED_CONTENT, paragraph.line))
        else:
            result.paragraphs.append(paragraph)
    return result


def _are_links(paragraphs: list[ImportedParagraph]) -> bool:
    """Whether all paragraphs are so short that they are probably links."""
    return all(len(paragraph.text) <= _MAX_LINK_LENGTH and paragraph.kind != "table" for paragraph in paragraphs)
