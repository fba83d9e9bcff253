"""A Word file in, its PDF out: made by LibreOffice, offline and within a time."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location

TIMEOUT = 90.0
INSTALL = "apt-get install --no-install-recommends libreoffice-writer-nogui, or give the annex as PDF"
_TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
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
    with tempfile.TemporaryDirectory(prefix="ipdocs-") as folder:
        place = Path(folder)
        (place / "annex.docx").write_bytes(data)
        (place / "profile/user").mkdir(parents=True)
        settings = "".join(_ITEM.format(path=path, name=key, value=value) for path, key, value in _SETTINGS)
        (place / "profile/user/registrymodifications.xcu").write_text(_PROFILE.format(settings), "utf-8")
        _run(
            [soffice, f"-env:UserInstallation={(place / 'profile').as_uri()}", *_ARGUMENTS, "annex.docx"],
            place,
            name,
            location,
            timeout,
        )
        result = place / "annex.pdf"
        undated = _undated(result.read_bytes()) if result.is_file() else None
        if undated is None:
            hint = "open it in LibreOffice, or give the annex as PDF"
            raise IpdocsError([Finding("annex-not-converted", f"LibreOffice made no PDF of {name!r}", location, hint)])
        return undated


_ARGUMENTS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", _TAGGED, "--outdir", ".")


def _run(command: list[str], folder: Path, name: str, location: Location | None, timeout: float) -> None:
    """Run LibreOffice in a process group of its own, without a network to go to; end the group when the time is over."""
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")
    path = {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"}
    process = subprocess.Popen(  # noqa: S603 - the program was found by the command line; the arguments are ours
        command, cwd=folder, env=path | nowhere, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice did not finish {name!r} in {timeout:g} seconds, and was ended"
        raise IpdocsError([Finding("annex-timeout", message, location, "give the annex as PDF")]) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _undated(data: bytes) -> bytes | None:
    """Return a PDF that does not say when it was converted: the same file gives the same bytes on any day; None for no PDF."""
    import pikepdf

    out = BytesIO()
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PdfError:
        return None
    with pdf:
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        for holder, key in ((pdf.Root, "/Metadata"), (pdf.trailer, "/DocChecksum"), (pdf.trailer, "/ID")):
            if key in holder:
                del holder[key]
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
