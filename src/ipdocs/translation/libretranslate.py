"""Machine translation with the service named in a workspace's `locales/machine.yaml`; without this file nothing is sent.

    provider: libretranslate
    address: http://127.0.0.1:5000
    languages: {tc: zt}          # the service's language codes, if they differ from those of LibreTranslate
    allow-plain-http: true       # allow texts to leave this computer without encryption

The key of the service is kept in an environment variable, never in the file. Facts, codes and terms are sent as protected
elements, and each translation is compared with the text that was sent.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

from ipdocs.files.html import parse_fragment
from ipdocs.files.yaml import locate, read_yaml
from ipdocs.findings import Finding, IpdocsError, raise_errors
from ipdocs.locale.glossary import Glossary, Match
from ipdocs.source.code_ids import number_codes, resolve_references
from ipdocs.source.segment import Code, Ref, Segment, count_codes, is_balanced, tidy
from ipdocs.translation.service_address import BadAddress, ServiceAddress, parse_service_address
from ipdocs.workspace import Workspace

FILE = "locales/machine.yaml"
KEY_VARIABLE = "IPDOCS_MACHINE_KEY"
"""The environment variable with the key of the service; only the command line reads it."""

PROVIDERS = ("libretranslate",)
# The type and an example of each setting.
_SETTINGS: Mapping[str, tuple[type, str]] = {
    "provider": (str, PROVIDERS[0]),
    "address": (str, "https://translate.example.org"),
    "languages": (dict, "{tc: zt}"),
    "allow-plain-http": (bool, "true"),
}
MAX_RESPONSE_BYTES = 10_000_000
TIMEOUT_SECONDS = 60.0
SERVICE_CODES = {"en": "en", "tc": "zt", "sc": "zh", "cn": "zh"}
"""LibreTranslate's code for each language code of ipdocs."""


class Translator(Protocol):
    """A translator of HTML fragments."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Return one translation for each text, in the same order.

        Elements with translate="no" must come back unchanged, with their ids.

        Args:
            texts: the HTML fragments.
            source: the service's code for the source language.
            target: the service's code for the target language.

        Raises:
            IpdocsError: the texts cannot be translated.
        """
        ...


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """The settings of a workspace's translation service; `languages` maps language codes to the service's codes."""

    provider: str
    address: ServiceAddress
    languages: Mapping[str, str] = field(default_factory=dict)

    def service_code(self, code: str) -> str:
        """Return the service's code for an ipdocs language code."""
        return self.languages.get(code) or SERVICE_CODES.get(code, code)


def machine_settings(workspace: Workspace) -> MachineSettings:
    """Return the settings of a workspace's translation service.

    Raises:
        IpdocsError: the workspace has no settings file, or the file is not valid. Findings never quote secrets from the file.
    """
    path = workspace.root / FILE if workspace.root else None
    if path is None or not path.is_file():
        hint = f"create {FILE} with the provider and address of a service that may receive your texts"
        raise IpdocsError([Finding("no-machine", "this workspace has no service for machine translation", None, hint)])
    data = read_yaml(path)
    raise_errors(_settings_findings(data, path))
    try:
        address = parse_service_address(data["address"], allow_plain_http=data.get("allow-plain-http", False))
    except BadAddress as error:
        raise IpdocsError([_setting_finding(path, str(error), error.hint, "address")]) from None
    return MachineSettings(data["provider"], address, data.get("languages") or {})


def _settings_findings(data: object, path: Path) -> Iterator[Finding]:
    """Yield findings about missing keys, unknown keys and wrong types; values are not quoted, because they may be secret."""
    if not isinstance(data, dict):
        yield _setting_finding(path, "the file has no settings", f"write the settings {', '.join(_SETTINGS)}")
        return
    for name in data.keys() - _SETTINGS.keys():
        hint = f"remove the setting; the key of the service belongs in the environment variable {KEY_VARIABLE}"
        yield _setting_finding(path, f"there is no setting {str(name)!r:.40}", hint, name)
    for name, (type_, example) in _SETTINGS.items():
        required = name in ("provider", "address")
        if (required or data.get(name) is not None) and not isinstance(data.get(name), type_):
            message = f"the setting {name!r} is missing or has a value of the wrong type"
            yield _setting_finding(path, message, f"write `{name}: {example}`", name)
    codes = data.get("languages")
    if isinstance(codes, dict) and not all(isinstance(code, str) for code in [*codes, *codes.values()]):
        yield _setting_finding(path, "a language code is not text", "write the code in quotes", "languages")
    if isinstance(provider := data.get("provider"), str) and provider not in PROVIDERS:
        message = f"the provider is unknown; the only provider is {', '.join(PROVIDERS)}"
        yield _setting_finding(path, message, f"write `provider: {PROVIDERS[0]}`", "provider")


def _setting_finding(path: Path, message: str, hint: str, *keys: object) -> Finding:
    return Finding("bad-machine", message, locate(path, keys), hint)


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """A service with the HTTP interface of LibreTranslate; the key is sent only to this service, and never shown."""

    address: ServiceAddress
    key: str = field(default="", repr=False)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Return the translations of texts, all sent in one request; redirects are not followed."""
        request = {"q": list(texts), "source": source, "target": target, "format": "html"}
        response = self._post(json.dumps(request | ({"api_key": self.key} if self.key else {})).encode())
        translations = response.get("translatedText") if isinstance(response, dict) else None
        if (
            not isinstance(translations, list)
            or len(translations) != len(texts)
            or not all(isinstance(translation, str) for translation in translations)
        ):
            raise self._failure("the response does not have one translation for each text")
        if self.key and any(self.key in translation for translation in translations):
            raise self._failure("the response contains the key")
        return translations

    def _post(self, body: bytes) -> Any:
        """Send a request and return the parsed response; errors do not quote the server's messages, which may repeat the key."""
        connection_type = http.client.HTTPSConnection if self.address.scheme == "https" else http.client.HTTPConnection
        try:
            connection = connection_type(self.address.host, self.address.port, timeout=TIMEOUT_SECONDS)
            try:
                headers = {"Content-Type": "application/json", "Accept": "application/json"}
                connection.request("POST", f"{self.address.path}/translate", body, headers)
                with connection.getresponse() as response:
                    data = response.read(MAX_RESPONSE_BYTES + 1)
            finally:
                connection.close()
        except OSError as error:
            raise self._failure(error.strerror or type(error).__name__) from None
        except (http.client.HTTPException, ValueError) as error:
            raise self._failure(f"the response is not valid HTTP ({type(error).__name__})") from None
        if HTTPStatus.MULTIPLE_CHOICES <= response.status < HTTPStatus.BAD_REQUEST:
            raise self._failure(f"the service redirects to another address ({response.status}), which is not followed")
        if response.status != HTTPStatus.OK:
            raise self._failure(f"the response is {response.status} {http.client.responses.get(response.status, '')}".rstrip())
        if len(data) > MAX_RESPONSE_BYTES:
            raise self._failure(f"the response has more than {MAX_RESPONSE_BYTES:,} bytes")
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise self._failure("the response is not JSON") from None

    def _failure(self, message: str) -> IpdocsError:
        hint = f"check that the address in {FILE} is right and the service is running"
        return IpdocsError([Finding("machine-failed", f"{self.address} cannot translate: {message}", None, hint)])


@dataclass(frozen=True, slots=True)
class ProtectedText:
    """A text to send, with protected elements.

    Attributes:
        fragment: the text as an HTML fragment.
        terms: the form that the translation of a protected term must have, keyed by the id of its element.
    """

    fragment: str
    terms: Mapping[str, str]


def protect(source: Segment, languages: tuple[str, str], glossary: Glossary, facts: Mapping[str, str]) -> ProtectedText:
    """Return a text as HTML in which facts, codes and terms are protected.

    Args:
        source: the text.
        languages: the codes of the source and target languages.
        glossary: the terms that must have a fixed form.
        facts: each fact as rendered in the target language, keyed by its expression in the source.
    """
    pieces: list[str] = []
    terms: dict[str, str] = {}
    numbered_codes = iter(number_codes(source, None)[0])
    for part in source:
        if isinstance(part, str):
            pieces += _protect_terms(part, languages, glossary, terms)
            continue
        number, _ = next(numbered_codes)
        if part.role == "alone":
            fact = facts.get(part.data, part.display)
            pieces.append(f'<span translate="no" id="c{number}">{escape(fact)}</span>')
        else:
            pieces.append(f'<b id="c{number}">' if part.role == "open" else "</b>")
    return ProtectedText("".join(pieces), terms)


def _protect_terms(text: str, languages: tuple[str, str], glossary: Glossary, terms: dict[str, str]) -> Iterator[str]:
    """Yield a text as HTML with protected terms, and add the id and target form of each term to `terms`."""
    source, target = languages
    end = 0
    for match in _usable_matches(glossary.find(text, source), target):
        form, term_id = match.term.text(target), f"t{len(terms) + 1}"
        terms[term_id] = form
        yield escape(text[end : match.start])
        yield f'<span translate="no" id="{term_id}">{escape(form)}</span>'
        end = match.end
    yield escape(text[end:])


def _usable_matches(matches: Sequence[Match], language: str) -> Iterator[Match]:
    """Yield matches that do not overlap an earlier match, if their terms have a reliable form in a language."""
    end = 0
    for match in matches:
        if match.start >= end and match.term.text(language) and match.term.confidence != "low":
            yield match
            end = match.end


def restore(fragment: str, sent: ProtectedText, source: Segment) -> tuple[Segment | None, list[str]]:
    """Return a translation with its codes restored, and a list of problems.

    If a fact, code or term is missing or was added, the translation is None.

    Args:
        fragment: the translation as an HTML fragment, as the service returned it.
        sent: the text that was sent to the service.
        source: the original text, with its codes.
    """
    try:
        root = parse_fragment(fragment)
    except ValueError as error:
        return None, [f"the translation cannot be read: {error}"]
    parts, unknown_codes = resolve_references(tuple(_read(root, sent)), source, None)
    translation = tidy(parts)
    text = "".join(part for part in translation if isinstance(part, str))
    source_counts, target_counts = count_codes(source), count_codes(translation)
    changed_codes = (source_counts - target_counts) + (target_counts - source_counts)
    problems = [f"the code {code.id!r:.20} was not sent" for code in unknown_codes]
    problems += [f"{' '.join(dict.fromkeys((kind, name)))} is missing or was added" for kind, _, name in changed_codes]
    problems += [f"the term {form} is missing" for form in dict.fromkeys(sent.terms.values()) if form not in text]
    if not is_balanced(translation):
        problems.append("codes overlap")
    if problems or not text.strip():
        return None, list(dict.fromkeys(problems))
    return translation, []


def _read(element: Any, sent: ProtectedText) -> Iterator[str | Code | Ref]:
    """Yield the words and codes of a returned fragment, with the glossary's form for each protected term."""
    yield element.text or ""
    for child in element:
        element_id = child.get("id", "") if isinstance(child.tag, str) else ""
        if element_id in sent.terms:
            yield sent.terms[element_id]
        elif element_id.startswith("c") and child.tag == "span":
            yield Ref(element_id[1:], "alone")
        elif element_id.startswith("c"):
            yield from (Ref(element_id[1:], "open"), *_read(child, sent), Ref(element_id[1:], "close"))
        elif isinstance(child.tag, str):
            yield from _read(child, sent)
        yield child.tail or ""
