"""A Word file in, its PDF out: made by LibreOffice, offline and within a time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from io import BytesIO
from pathlib import Path

from ipdocs.files.temporary import temporary_folder, write_temporary
from ipdocs.findings import Finding, IpdocsError, Location

TIMEOUT = 90.0
PROBE = 1_000_000
"""Bytes for which there is room on a disk that is not full."""
INSTALL = "apt-get install --no-install-recommends libreoffice-writer-nogui, or give the annex as PDF"
_EXPORT = {"UseTaggedPDF": "true", "ExportNotes": "false", "ExportFormFields": "false"}
_FILTER = "pdf:writer_pdf_Export:" + json.dumps({name: {"type": "boolean", "value": value} for name, value in _EXPORT.items()})
_ITEM = (
    '<item oor:path="/org.openoffice.Office.Common/{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Security/Scripting", "DisableMacrosExecution", "true"),
    ("Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Security/Scripting", "DisableActiveContent", "true"),
)
_PROFILE = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'


def convert_to_pdf(data: bytes, name: str, location: Location | None, soffice: str | None, timeout: float = TIMEOUT) -> bytes:
    """Return a Word file as a tagged PDF; LibreOffice missing, failing or taking too long is a finding.

    It works in a folder of its own with a new profile, with macros off, and its whole process group ends with the time.
    """
    if not soffice:
        message = f"LibreOffice is not installed; it makes the Word annex {name!r} a PDF"
        raise IpdocsError([Finding("no-libreoffice", message, location, INSTALL)])
    with temporary_folder() as place:
        write_temporary(place / "annex.docx", data)
        (place / "profile/user").mkdir(parents=True)
        settings = "".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SETTINGS)
        write_temporary(place / "profile/user/registrymodifications.xcu", _PROFILE.format(settings).encode())
        _run(
            [soffice, f"-env:UserInstallation={(place / 'profile').as_uri()}", *_ARGUMENTS, "annex.docx"],
            place,
            name,
            location,
            timeout,
        )
        pdf = place / "annex.pdf"
        made = _undated(pdf.read_bytes()) if pdf.is_file() else b""
        if not made:
            write_temporary(place / "probe", bytes(2 * len(data) + PROBE))  # a full disk is told as what it is
    if not made:
        hint = "open it in LibreOffice, or give the annex as PDF"
        raise IpdocsError([Finding("annex-not-converted", f"LibreOffice made no PDF of {name!r}", location, hint)])
    return made


_ARGUMENTS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", _FILTER, "--outdir", ".")


def _run(command: list[str], folder: Path, name: str, location: Location | None, timeout: float) -> None:
    """Run LibreOffice in a process group of its own, without a network to go to; end the group when the time is over."""
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")
    path = {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"}
    process = None
    try:
        process = subprocess.Popen(  # noqa: S603 - the program was found by the command line; the arguments are ours
            command, cwd=folder, env=path | nowhere, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice did not finish {name!r} in {timeout:g} seconds, and was ended"
        raise IpdocsError([Finding("annex-timeout", message, location, "give the annex as PDF")]) from error
    except OSError as error:
        message = f"LibreOffice cannot be started, which makes the Word annex {name!r} a PDF: {error.strerror}"
        raise IpdocsError([Finding("no-libreoffice", message, location, INSTALL)]) from error
    finally:
        if process and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _undated(data: bytes) -> bytes:
    """Return a PDF without the time of its conversion, so that a file gives the same bytes on any day; b"" for no PDF."""
    import pikepdf

    out = BytesIO()
    try:
        opened = pikepdf.open(BytesIO(data))
    except pikepdf.PdfError:  # the disk was full
        return b""
    with opened as pdf:
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        for holder, key in ((pdf.Root, "/Metadata"), (pdf.trailer, "/DocChecksum"), (pdf.trailer, "/ID")):
            if key in holder:
                del holder[key]
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
