"""Who may ask the desk for anything: requests over a real socket."""

from __future__ import annotations

from typing import Any


def test_the_documents_are_listed_for_a_client_let_in(desk: Any) -> None:
    names = {row["document"] for row in desk.get("/documents")["documents"]}
    assert "gd-hk-ip-17:release.yaml" in names


def test_a_request_without_the_secret_is_refused(desk: Any) -> None:
    desk.secret = ""
    status, answer = desk.call("GET", "/documents")
    assert (status, answer["findings"][0]["code"]) == (401, "request-refused")
