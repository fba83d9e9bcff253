"""Serve pictures to WeasyPrint from the document's assets and data: URLs only, never from the network or from files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.data_url import decode_data_url
from ipdocs.files.pictures.picture import CleanPicture


def asset_fetcher(assets: Mapping[str, CleanPicture], refused_urls: list[str]) -> Any:
    """Return a url_fetcher for WeasyPrint that serves data: URLs and the given assets, and adds all other URLs to `refused_urls`.

    `assets` are keyed by name. WeasyPrint would embed any file: URL, so without this fetcher a document could read the
    computer's files.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                picture = clean_picture(decode_data_url(url))
                return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
            name = unquote(url)
            if name not in assets:
                refused_urls.append(name)
                raise ValueError(f"{name} is not an asset of the document")
            return URLFetcherResponse(url, assets[name].data, {"Content-Type": assets[name].media_type})

    return AssetFetcher(allowed_protocols=["data"], allow_redirects=False)
