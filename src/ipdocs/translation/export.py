"""Export the texts of a source for translators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.source.open import Source
from ipdocs.translation.formats import docx, po, tmx, xliff1, xliff2, xlsx
from ipdocs.translation.job import TranslationJob, selected_names, translation_job, with_remarks
from ipdocs.translation.refused_texts import Remarks

Format = Literal["xliff2", "xliff1", "po", "tmx", "docx", "xlsx"]

FORMATS: tuple[str, ...] = get_args(Format)

# The file name ending for each format.
ENDINGS = {"xliff2": "xlf", "xliff1": "1.2.xlf", "po": "po", "tmx": "tmx", "docx": "docx", "xlsx": "xlsx"}


def export_translations(
    source: Source,
    to: str,
    format: Format,  # noqa: A002 - the name of the option
    *,
    source_language: str = "",
    cache: Path | None = None,
    only: Sequence[str] = (),
    remarks: Remarks | None = None,
) -> bytes:
    """Return a file with the texts of a source for translators; restricted and confidential texts are left out.

    Args:
        source: the source to translate.
        to: the code of the target language.
        format: the exchange format: xliff2, xliff1, po, tmx, docx or xlsx.
        source_language: the code of the language to translate from; by default the first language of the document.
        cache: the folder of the memory's index; without this folder, the file has no matches from the memory.
        only: the names of texts or the ids of blocks to export; by default all.
        remarks: remarks about refused translations, for the notes of their texts.

    Raises:
        NotReleasable: the document is restricted, or an open text reveals a withheld text.
        IpdocsError: a language is unknown or is converted from another language, the document is written only in the target
            language, or there is no text with a name in `only`.
    """
    refuse_disclosure(source, "there is nothing to export")
    job = with_remarks(translation_job(source, to, source_language=source_language, cache=cache), remarks or {})
    if only:
        names = selected_names(source, only)
        job = replace(job, units=tuple(unit for unit in job.units if unit.name in names))
    if format == "tmx":
        return tmx.write(job, source.workspace)
    writers: dict[str, Callable[[TranslationJob], bytes]] = {
        "xliff2": xliff2.write,
        "xliff1": xliff1.write,
        "po": po.write,
        "docx": docx.write,
        "xlsx": xlsx.write,
    }
    return writers[format](job)
