"""Write the XMP metadata of a PDF: the claims to be PDF/A and PDF/UA, and the document's properties."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from ipdocs.templating.html_document import Metadata

GENERATOR = "ipdocs"

_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 pdfaid:part="{part}" pdfaid:conformance="A" pdfuaid:part="1" pdf:Producer={producer}{keywords}
 xmp:CreatorTool="{generator}" xmp:CreateDate="{created}" xmp:ModifyDate="{created}" dc:format="application/pdf">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:identifier>{identifier}</dc:identifier>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>{creator}{description}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file complies with</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def rdf_metadata(metadata: Metadata, languages: tuple[str, ...], part: str, producer: str) -> bytes:
    """Return the rdf:RDF element for a file that is PDF/UA-1 and conforms to a part of PDF/A at level A.

    The RDF of PDF/A must also contain the PDF/UA identification and a description of its schema. Otherwise the file conforms
    to neither standard.

    Args:
        metadata: the document's properties.
        languages: the tags of the document's languages.
        part: the part of PDF/A, "2" or "3".
        producer: the program that writes the PDF.
    """
    creator = f"\n<dc:creator><rdf:Seq><rdf:li>{escape(metadata.issuer)}</rdf:li></rdf:Seq></dc:creator>"
    description = (
        f'\n<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(metadata.subject)}</rdf:li></rdf:Alt></dc:description>'
    )
    return _RDF.format(
        part=part,
        producer=quoteattr(producer),
        keywords=f" pdf:Keywords={quoteattr(', '.join(metadata.keywords))}" if metadata.keywords else "",
        generator=GENERATOR,
        created=format_created(metadata),
        title=escape(metadata.title),
        identifier=escape(metadata.identifier),
        languages="".join(f"<rdf:li>{tag}</rdf:li>" for tag in languages),
        creator=creator if metadata.issuer else "",
        description=description if metadata.subject else "",
    ).encode()


def format_created(metadata: Metadata) -> str:
    """Return the time of issue as XMP requires it: to the second, with a time zone."""
    return metadata.created.isoformat(timespec="seconds")
