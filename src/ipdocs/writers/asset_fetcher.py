"""The one way in for pictures: a tree's own assets and data: URLs; no network, no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.data_url import decode_data_url
from ipdocs.files.pictures.picture import CleanPicture


def fetcher(assets: Mapping[str, CleanPicture], refused: list[str]) -> Any:
    """Return a WeasyPrint url_fetcher that knows a tree's assets by name; what else is asked for is noted in refused.

    WeasyPrint embeds any file: URL it is given, so this is where a document is kept from reading the machine.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                picture = clean_picture(decode_data_url(url))
                return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
            name = unquote(url)
            if name not in assets:
                refused.append(name)
                raise ValueError(f"{name} is not an asset of the document")
            return URLFetcherResponse(url, assets[name].data, {"Content-Type": assets[name].media_type})

    return Fetcher(allowed_protocols=["data"], allow_redirects=False)
