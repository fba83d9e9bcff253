"""The one way in for pictures: a tree's own assets and data: URLs; no network, no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ipdocs.files.pictures import usable


def fetcher(assets: Mapping[str, bytes], refused: list[str]) -> Any:
    """Return a WeasyPrint url_fetcher that knows a tree's assets by name; what else is asked for is noted in refused.

    WeasyPrint embeds any file: URL it is given, so this is where a document is kept from reading the machine.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = unquote(url)
            if name not in assets:
                refused.append(name)
                raise ValueError(f"{name} is not an asset of the document")
            return URLFetcherResponse(url, usable(assets[name]))

    return Fetcher(allowed_protocols=["data"], allow_redirects=False)
