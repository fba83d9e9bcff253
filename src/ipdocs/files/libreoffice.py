"""Convert Word files to PDF with LibreOffice, without network access and within a time limit."""

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
"""Maximum duration of a conversion, in seconds."""
_PROBE_BYTES = 1_000_000
"""To test whether the disk is full, a file is written: twice the size of the Word file, plus this many bytes."""
_INSTALL_HINT = "run `apt-get install --no-install-recommends libreoffice-writer-nogui`, or give the annex as PDF"
_EXPORT_OPTIONS = {"UseTaggedPDF": "true", "ExportNotes": "false", "ExportFormFields": "false"}
_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": "boolean", "value": value} for name, value in _EXPORT_OPTIONS.items()}
)
_SETTING_TEMPLATE = (
    '<item oor:path="/org.openoffice.Office.Common/{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Security/Scripting", "DisableMacrosExecution", "true"),
    ("Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Security/Scripting", "DisableActiveContent", "true"),
)
_PROFILE_TEMPLATE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>'
)


def convert_to_pdf(data: bytes, name: str, location: Location | None, soffice: str | None, timeout: float = TIMEOUT) -> bytes:
    """Convert a Word file to a tagged PDF.

    LibreOffice runs in a temporary folder, with a new profile and without macros. If it exceeds the timeout, its whole
    process group is killed.

    Args:
        data: The Word file.
        name: The name of the file, for findings.
        location: The place in a source that names the file, for findings.
        soffice: The path of LibreOffice; None if LibreOffice is not installed.
        timeout: Maximum duration of the conversion, in seconds.

    Raises:
        IpdocsError: LibreOffice is not installed, fails or takes too long, or the disk is full.
    """
    if not soffice:
        message = f"LibreOffice is not installed; the Word annex {name!r} cannot be converted to PDF without it"
        raise IpdocsError([Finding("no-libreoffice", message, location, _INSTALL_HINT)])
    with temporary_folder() as folder:
        write_temporary(folder / "annex.docx", data)
        (folder / "profile/user").mkdir(parents=True)
        settings = "".join(_SETTING_TEMPLATE.format(path=path, name=key, value=value) for path, key, value in _SETTINGS)
        write_temporary(folder / "profile/user/registrymodifications.xcu", _PROFILE_TEMPLATE.format(settings).encode())
        _run(
            [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", *_ARGUMENTS, "annex.docx"],
            folder,
            name,
            location,
            timeout,
        )
        path = folder / "annex.pdf"
        pdf = _without_dates(path.read_bytes()) if path.is_file() else b""
        if not pdf:
            # On a full disk this raises the system error, which is more helpful than "not converted".
            write_temporary(folder / "probe", bytes(2 * len(data) + _PROBE_BYTES))
    if not pdf:
        message, hint = f"LibreOffice could not convert {name!r} to PDF", "open it in LibreOffice, or give the annex as PDF"
        raise IpdocsError([Finding("annex-not-converted", message, location, hint)])
    return pdf


_ARGUMENTS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", _FILTER, "--outdir", ".")


def _run(command: list[str], folder: Path, name: str, location: Location | None, timeout: float) -> None:
    """Run LibreOffice in its own process group, with an unreachable proxy; kill the group at the timeout."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")
    environment = {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"} | proxies
    process = None
    try:
        process = subprocess.Popen(  # noqa: S603 - the caller has found the program; the arguments are constants
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice was stopped: converting {name!r} took more than {timeout:g} seconds"
        raise IpdocsError([Finding("annex-timeout", message, location, "give the annex as PDF")]) from error
    except OSError as error:
        message = f"LibreOffice cannot be started, so the Word annex {name!r} cannot be converted: {error.strerror}"
        raise IpdocsError([Finding("no-libreoffice", message, location, _INSTALL_HINT)]) from error
    finally:
        if process and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _without_dates(data: bytes) -> bytes:
    """Return a PDF without the time of its conversion, so that equal input gives equal bytes; return b"" for other data."""
    import pikepdf

    stream = BytesIO()
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PdfError:  # a file cut short on a full disk
        return b""
    with pdf:
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        for holder, key in ((pdf.Root, "/Metadata"), (pdf.trailer, "/DocChecksum"), (pdf.trailer, "/ID")):
            if key in holder:
                del holder[key]
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()
