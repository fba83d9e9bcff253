"""Machine translation: a door that stays closed until a workspace says where it leads.

`locales/machine.yaml` of a workspace names the service (its own file alone counts):

    provider: libretranslate
    address: http://127.0.0.1:5000
    languages: {tc: zt}          # the service's own names for languages, where they are others
    allow-plain-http: true       # whether texts may leave this computer without encryption; they may not otherwise

A key is never in that file: it comes from the environment. Facts, marks and terms go as protected elements, and what comes
back is held against what was sent.
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
from ipdocs.source.segment import Code, Ref, Segment, count_codes, is_balanced, number_codes, resolve_codes, tidy
from ipdocs.translation.service_address import BadAddress, ServiceAddress, parse_service_address
from ipdocs.workspace import Workspace

FILE = "locales/machine.yaml"
KEY_VARIABLE = "IPDOCS_MACHINE_KEY"
"""The variable of the environment that has the key of the service; only the command line reads it."""

PROVIDERS = ("libretranslate",)
_KEYS: Mapping[str, tuple[type, str]] = {
    "provider": (str, PROVIDERS[0]),
    "address": (str, "https://translate.example.org"),
    "languages": (dict, "{tc: zt}"),
    "allow-plain-http": (bool, "true"),
}
MAX_ANSWER = 10_000_000
TIMEOUT = 60.0
SERVICE_CODES = {"en": "en", "tc": "zt", "sc": "zh", "cn": "zh"}
"""What LibreTranslate calls our languages."""


class Translator(Protocol):
    """Whatever translates: fragments of HTML in, their translations out, in their order and number.

    Elements with translate="no" and their ids are to come back as they are. Languages are named as the workspace names
    them for the service. What goes wrong on the way is raised as IpdocsError.
    """

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Return the texts in another language."""
        ...


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """What a workspace says of its service."""

    provider: str
    address: ServiceAddress
    languages: Mapping[str, str] = field(default_factory=dict)

    def service_code(self, short: str) -> str:
        """Return the service's name for a language."""
        return self.languages.get(short) or SERVICE_CODES.get(short, short)


def machine_settings(workspace: Workspace) -> MachineSettings:
    """Return what a workspace says of its service; without a file of its own nothing is sent anywhere.

    Raises:
        IpdocsError: there is no such file, or it names no service that texts may be sent to. No finding quotes a secret in it.
    """
    path = workspace.root / FILE if workspace.root else None
    if path is None or not path.is_file():
        hint = f"write {FILE}: provider, and the address of a service that you trust with your texts"
        raise IpdocsError([Finding("no-machine", "this workspace names no service for machine translation", None, hint)])
    said = read_yaml(path)
    raise_errors(_unfit(said, path))
    try:
        address = parse_service_address(said["address"], allow_plain_http=said.get("allow-plain-http", False))
    except BadAddress as error:
        raise IpdocsError([_bad(path, str(error), error.hint, "address")]) from None
    return MachineSettings(said["provider"], address, said.get("languages") or {})


def _unfit(said: object, path: Path) -> Iterator[Finding]:
    """Yield the keys that are missing or unknown, and the values of another type; a value that may be secret is not quoted."""
    if not isinstance(said, dict):
        yield _bad(path, "the file has no keys", f"write its keys: {', '.join(_KEYS)}")
        return
    for name in said.keys() - _KEYS.keys():
        hint = f"take it out; a key of the service is read from the environment: {KEY_VARIABLE}"
        yield _bad(path, f"there is no setting {str(name)!r:.40}", hint, name)
    for name, (kind, example) in _KEYS.items():
        required = name in ("provider", "address")
        if (required or said.get(name) is not None) and not isinstance(said.get(name), kind):
            yield _bad(
                path, f"the setting {name!r} is missing, or has a value of another kind", f"write `{name}: {example}`", name
            )
    if isinstance(names := said.get("languages"), dict) and not all(isinstance(name, str) for name in [*names, *names.values()]):
        yield _bad(path, "a name of a language is no text", "write it in quotes", "languages")
    if isinstance(provider := said.get("provider"), str) and provider not in PROVIDERS:
        yield _bad(path, f"the provider is none of {', '.join(PROVIDERS)}", f"write `provider: {PROVIDERS[0]}`", "provider")


def _bad(path: Path, message: str, hint: str, *keys: object) -> Finding:
    return Finding("bad-machine", message, locate(path, keys), hint)


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """A service that speaks the HTTP interface of LibreTranslate; its key is sent to its address alone, and never shown."""

    address: ServiceAddress
    key: str = field(default="", repr=False)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Return the texts in another language, by one request; redirects are not followed."""
        asked = {"q": list(texts), "source": source, "target": target, "format": "html"}
        answer = self._post(json.dumps(asked | ({"api_key": self.key} if self.key else {})).encode())
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != len(texts) or not all(isinstance(one, str) for one in found):
            raise self._failed("its answer is no list of as many texts as were sent")
        if self.key and any(self.key in text for text in found):
            raise self._failed("its answer repeats the key")
        return found

    def _post(self, body: bytes) -> Any:
        """Return the answer to a request; what a server says of a failure is not repeated: it may quote what was sent."""
        kind = http.client.HTTPSConnection if self.address.scheme == "https" else http.client.HTTPConnection
        try:
            connection = kind(self.address.host, self.address.port, timeout=TIMEOUT)
            try:
                headers = {"Content-Type": "application/json", "Accept": "application/json"}
                connection.request("POST", f"{self.address.path}/translate", body, headers)
                with connection.getresponse() as response:
                    data = response.read(MAX_ANSWER + 1)
            finally:
                connection.close()
        except OSError as error:
            raise self._failed(error.strerror or type(error).__name__) from None
        except (http.client.HTTPException, ValueError) as error:
            raise self._failed(f"it does not speak HTTP ({type(error).__name__})") from None
        if HTTPStatus.MULTIPLE_CHOICES <= response.status < HTTPStatus.BAD_REQUEST:
            raise self._failed(f"it answers {response.status} and names another address, which is not followed")
        if response.status != HTTPStatus.OK:
            raise self._failed(f"it answers {response.status} {http.client.responses.get(response.status, '')}".rstrip())
        if len(data) > MAX_ANSWER:
            raise self._failed(f"its answer has more than {MAX_ANSWER:,} bytes")
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise self._failed("its answer is no JSON") from None

    def _failed(self, message: str) -> IpdocsError:
        hint = f"is the address in {FILE} right, and the service there?"
        return IpdocsError([Finding("machine-failed", f"{self.address} does not translate: {message}", None, hint)])


@dataclass(frozen=True, slots=True)
class ProtectedText:
    """A text on its way: what is sent, and the forms that its terms must have when it comes back."""

    fragment: str
    terms: Mapping[str, str]


def protect(source: Segment, languages: tuple[str, str], glossary: Glossary, said: Mapping[str, str]) -> ProtectedText:
    """Return a text as HTML whose facts, marks and terms are told apart; said has facts in the other language by their data."""
    made: list[str] = []
    terms: dict[str, str] = {}
    numbers = iter(number_codes(source, None)[0])
    for part in source:
        if isinstance(part, str):
            made += _words(part, languages, glossary, terms)
            continue
        number, _ = next(numbers)
        if part.role == "alone":
            made.append(f'<span translate="no" id="c{number}">{escape(said.get(part.data, part.display))}</span>')
        else:
            made.append(f'<b id="c{number}">' if part.role == "open" else "</b>")
    return ProtectedText("".join(made), terms)


def _words(words: str, languages: tuple[str, str], glossary: Glossary, terms: dict[str, str]) -> Iterator[str]:
    end = 0
    for match in _known(glossary.find(words, languages[0]), languages[1]):
        form, name = match.term.text(languages[1]), f"t{len(terms) + 1}"
        terms[name] = form
        yield escape(words[end : match.start])
        yield f'<span translate="no" id="{name}">{escape(form)}</span>'
        end = match.end
    yield escape(words[end:])


def _known(matches: Sequence[Match], language: str) -> Iterator[Match]:
    end = 0
    for match in matches:
        if match.start >= end and match.term.text(language) and match.term.confidence != "low":
            yield match
            end = match.end


def restore(answer: str, sent: ProtectedText, source: Segment) -> tuple[Segment | None, list[str]]:
    """Return what came back with its codes, or None and what is wrong with it: a fact, a mark or a term that is gone."""
    try:
        root = parse_fragment(answer)
    except ValueError as error:
        return None, [f"what came back is no text: {error}"]
    parts, unknown = resolve_codes(tuple(_read(root, sent)), source, None)
    made = tidy(parts)
    text = "".join(part for part in made if isinstance(part, str))
    wrong = [f"it has a code {ref.id!r:.20} that was never sent" for ref in unknown]
    wrong += [
        f"the {kind} {name} is not where it was"
        for kind, _, name in (count_codes(source) - count_codes(made)) + (count_codes(made) - count_codes(source))
    ]
    wrong += [f"the term {form} is gone" for form in dict.fromkeys(sent.terms.values()) if form not in text]
    if not is_balanced(made):
        wrong.append("its marks cross")
    return (None, list(dict.fromkeys(wrong))) if wrong or not text.strip() else (made, [])


def _read(element: Any, sent: ProtectedText) -> Iterator[str | Code | Ref]:
    """Yield the words and codes of an answer; a term has the form that the glossary gives it."""
    yield element.text or ""
    for child in element:
        name = child.get("id", "") if isinstance(child.tag, str) else ""
        if name in sent.terms:
            yield sent.terms[name]
        elif name.startswith("c") and child.tag == "span":
            yield Ref(name[1:], "alone")
        elif name.startswith("c"):
            yield from (Ref(name[1:], "open"), *_read(child, sent), Ref(name[1:], "close"))
        elif isinstance(child.tag, str):
            yield from _read(child, sent)
        yield child.tail or ""
