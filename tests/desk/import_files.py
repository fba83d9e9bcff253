"""Word files to be imported: a release in English and in Chinese, made with python-docx."""

from __future__ import annotations

import io
from uuid import uuid4

import docx

ENGLISH = [
    "Harbour office opens a second counter",
    "The Harbour Office opened a second counter with 36 new stalls on March 5, 2018.",
    "The counter is open to all, and no fee is charged.",
    "It is the office's largest project, which cost $14 million.",
    "A spokesman said that visitors may write to the office.",
]
CHINESE = [
    "海港處增設第二個櫃位",
    "海港處在二○一八年三月五日增設第二個櫃位，有36個新檔位。",
    "櫃位對外開放，費用全免。這是該處最大的工程，耗資一千四百萬元。",
    "發言人說，市民可致函該處。",
]


def word_file(*paragraphs: str) -> bytes:
    """Return a Word file whose first paragraph is the title."""
    document = docx.Document()
    document.add_heading(paragraphs[0], 0)
    for paragraph in paragraphs[1:]:
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def form(*files: tuple[str, bytes]) -> tuple[bytes, dict[str, str]]:
    """Return the body and headers of a form with files."""
    mark = uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n".encode()
        + data
        + b"\r\n"
        for name, data in files
    ]
    return b"".join(parts) + f"--{mark}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={mark}"}
