"""Verification of finished files from builds, packs and extracts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ipdocs.minutes.pack import select_extracts, select_pack
from ipdocs.pipeline.verify_output import PART_SELECTORS, SelectParts, VerifiedFile, verify_outputs


def verify_files(paths: Sequence[Path], source: Path | None = None, *, soffice: str | None = None) -> list[VerifiedFile]:
    """Verify finished files, and return a result for each file.

    Word, PDF, HTML and text files are read and compared with the source. Other files are compared with the manifest.

    Args:
        paths: paths of files, or of folders that contain the files of one or more documents.
        source: the source to compare with; by default the source recorded in each manifest.
        soffice: the path of LibreOffice, which converts the Word annexes of a pack; None if it is not installed.

    Raises:
        IpdocsError: a file is missing or in no manifest, or its source is missing or can no longer be built.
    """
    select_with_soffice = partial(select_pack, soffice=soffice)
    part_selectors: dict[str, SelectParts] = {
        **PART_SELECTORS,
        "pack": select_with_soffice,
        "public": select_with_soffice,
        "extract": select_extracts,
        "public-extract": select_extracts,
    }
    return verify_outputs(paths, source, part_selectors)
