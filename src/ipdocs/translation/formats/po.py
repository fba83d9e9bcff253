"""PO, as Weblate reads it: the place as context, texts as a source writes them, drafts marked fuzzy."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path

from ipdocs.files.reading import read_bytes, unsafe_file
from ipdocs.source.segment import codes, segment, to_display_text, to_source_text
from ipdocs.translation.job import ReturnedFile, ReturnedUnit, TranslationJob

_KEEP = "Keep {{ … }}, [^…] and the addresses of links as they are; they may stand elsewhere in the text."
_HEADER = re.compile(rb'^"Project-Id-Version: (.*?)(?: \d+)?\\n"$', re.MULTILINE)
_LANGUAGE = re.compile(rb'^"Language: (.*?)\\n"$', re.MULTILINE)
_PLURAL = re.compile(rb'^"Plural-Forms:.*\\n"\n', re.MULTILINE)


def write(exchange: TranslationJob) -> bytes:
    """Return a document's texts as a PO file."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(
        locale=exchange.target_tag.replace("-", "_"),
        project=exchange.document,
        version="1",
        header_comment=f"# {exchange.document}: from {exchange.source_tag} to {exchange.target_tag}",
        charset="utf-8",
        msgid_bugs_address="none",
        last_translator="none",
        language_team="none",
        fuzzy=False,
    )
    for unit in exchange.units:
        comments = [*unit.notes, *([f"Reads: {to_display_text(unit.source)}", _KEEP] if codes(unit.source) else [])]
        comments += [f"{offer.percent:g} % {offer.origin}: {to_display_text(offer.target)}" for offer in unit.offers]
        target = to_source_text(unit.target) if unit.target is not None else ""
        flags = ["fuzzy"] if unit.state in ("draft", "stale") else []
        message = catalog.add(to_source_text(unit.source), target, flags=flags, auto_comments=comments, context=unit.name)
        message.flags.discard("python-format")
    out = BytesIO()
    write_po(out, catalog, width=110)
    # When it was made is no part of it: equal texts give an equal file.
    return re.sub(rb'"(POT-Creation-Date|PO-Revision-Date): [^"]*"\n', b"", out.getvalue())


def read(path: Path) -> ReturnedFile:
    """Return what a PO file says; what is none is a finding with its line."""
    from babel.core import UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    data = read_bytes(path)
    try:
        data.decode("utf-8")
        with redirect_stdout(StringIO()):  # Babel prints what it stumbles over, and then raises it
            catalog = read_po(BytesIO(_PLURAL.sub(b"", data)), ignore_obsolete=True, charset="utf-8", abort_invalid=True)
        messages = [one for one in catalog if one.id]
    except PoFileError as error:
        raise unsafe_file("bad-po", f"this is no PO file: {error}", path, "export it again", error.lineno + 1) from error
    except (ValueError, UnknownLocaleError, TypeError, IndexError, LookupError, AttributeError) as error:
        # Babel trusts PO files; broken ones end in any of these.
        raise unsafe_file("bad-po", f"this is no PO file: {error}", path, "export it again as UTF-8") from error
    document, language = _HEADER.search(data), _LANGUAGE.search(data)
    return ReturnedFile(
        document[1].decode() if document else "",
        language[1].decode().replace("_", "-") if language else "",
        tuple(
            ReturnedUnit(
                name=str(one.context or ""),
                source=segment(_text(one.id)),
                target=segment(_text(one.string)) if _text(one.string) else None,
                line=one.lineno or 0,
                is_final=not one.fuzzy,
            )
            for one in messages
        ),
    )


def _text(string: object) -> str:
    """Return a message's text, for one with plurals the first."""
    return str(string[0] if isinstance(string, list | tuple) and string else string or "")
