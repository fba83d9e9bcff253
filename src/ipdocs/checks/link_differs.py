"""Links and addresses that differ between two languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from ipdocs.checks.checked_document import Pair
from ipdocs.checks.passage import Passage, Span
from ipdocs.checks.violation import Highlight, Violation, shorten

_LANGUAGE = (
    "(?:en[-_](?:hk|us|gb)|english|eng|en|e|[ts]chinese|chinese|[ts]chi|chi|cn|tc|sc|c|t|s|"
    "zh-han[ts]-hk|zh[-_](?:hk|tw|cn|hant|hans)|zh|big5|b5|gb|pt[-_](?:mo|pt)|portuguese|por|pt)"
)
_LANGUAGE_IN_ADDRESS = re.compile(rf"(?<=[/_.?=&-]){_LANGUAGE}(?:_{_LANGUAGE})?(?=[/_.&#?-]|$)", re.IGNORECASE)
"""The part of an address that gives the language of the page; this part may differ."""


def link_differs(pair: Pair) -> Iterator[Violation]:
    """Find links and addresses without a counterpart in the other language.

    Counterparts may differ in the part of the address that gives the language of the page. Such a part in only one of two links
    to a website is no difference: a website can have a short address for one language.
    """
    source_links, target_links = _links(pair.source), _links(pair.target)
    for source, target in zip_longest(_unmatched(source_links, target_links), _unmatched(target_links, source_links)):
        if source and target:
            if _is_alias(source, target):
                continue
            target_code, source_code = pair.target.language.code, pair.source.language.code
            message = f"the {target_code} link is {target.name}, but the {source_code} link is {source.name}"
            yield Violation(message, (_highlight(pair.target, target), _highlight(pair.source, source)), "link to the same page")
        else:
            passage, other, span = (pair.source, pair.target, source) if source else (pair.target, pair.source, target)
            message = (
                f"the {passage.language.code} text links to {shorten(span.name, 60)}, but the {other.language.code} text does not"
            )
            yield Violation(
                message,
                (_highlight(passage, span), Highlight(other)),
                f"add the link to the {other.language.code} text, or delete it",
            )


def _links(passage: Passage) -> list[Span]:
    bare_addresses = [
        span for span in passage.addresses if not any(link.start <= span.start < link.end for link in passage.links)
    ]
    return sorted([*passage.links, *bare_addresses], key=lambda span: span.start)


def _unmatched(links: list[Span], other_links: list[Span]) -> list[Span]:
    """Return the links that the other language lacks or contains less often."""
    remaining_targets = Counter(_target(link) for link in other_links)
    unmatched = []
    for link in links:
        remaining_targets[_target(link)] -= 1
        if remaining_targets[_target(link)] < 0:
            unmatched.append(link)
    return unmatched


def _target(link: Span) -> str:
    """Return the target of a link in lower case, without http:// or https://, and with * in place of the language of the page."""
    return _LANGUAGE_IN_ADDRESS.sub("*", re.sub("^https?://", "", link.name.lower()).rstrip("/"))


def _is_alias(link: Span, other_link: Span) -> bool:
    """Whether two links go to one website, and only one of them names the language of the page: the other may be a short name."""
    targets = _target(link), _target(other_link)
    hosts = [target.partition("/")[0] for target in targets]
    return hosts[0] == hosts[1] and ("*" in targets[0]) != ("*" in targets[1])


def _highlight(passage: Passage, span: Span) -> Highlight:
    """Return a highlight of a link; the punctuation after an address in running text is left out."""
    end = span.start + len(span.name) if passage.plain.startswith(span.name, span.start) else span.end
    return Highlight(passage, span.start, end)
