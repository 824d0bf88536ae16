"""PDF/A-3a and PDF/UA-1 in one file: WeasyPrint writes the first, and this adds the claim of the second."""

import pydyf

#: PDF/A accepts a property that it does not know only next to its description.
UA_CLAIM = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


#: A stream whose last byte is a carriage return: some readers take it for a part of the line’s end.
AMBIGUOUS = b"\r\nendstream"


def finish(pdf: pydyf.PDF, *, attempt: int = 0) -> None:
    """Make the file that WeasyPrint wrote keep both promises, whatever its bytes happen to be.

    Each `attempt` gives other bytes to the streams that are made after this.
    """
    _claim_accessibility(pdf)
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.compress:
            _pack(thing)
    for _ in range(attempt):
        pdf.add_object(pydyf.Dictionary())


def _pack(stream: pydyf.Stream) -> None:
    """Compress a stream once and for all, which its library does each time that it is read, or leave it."""
    data = stream.data
    stream.compress = False
    if not data.endswith(AMBIGUOUS):
        packed = data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
        stream.stream, stream.extra = [packed], stream.extra | {"Filter": "/FlateDecode"}


def _claim_accessibility(pdf: pydyf.PDF) -> None:
    """The metadata stay uncompressed, for readers that know little of PDF."""
    metadata = next(
        thing
        for thing in pdf.objects
        if isinstance(thing, pydyf.Stream) and thing.extra.get("Type") == "/Metadata"
    )
    (packet,) = metadata.stream
    metadata.stream = [packet.replace(b"</rdf:RDF>", UA_CLAIM)]
    metadata.compress = False
