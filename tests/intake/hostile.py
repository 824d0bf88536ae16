"""Small files that no one should send, made by code: each must be read or refused, and nothing else."""

import random
import struct
from itertools import count
from zipfile import ZIP_STORED

from tests.intake import files

_CELLS = (
    '<sheetData><row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" s="2"><v>46266.5</v></c><c r="B2" t="str"><f>A1</f><v>x</v></c>'
    '<c r="C2" t="e"><v>#N/A</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" s="3"><v>0.12</v></c></row>'
    '</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
)
_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts><font/><font><b/></font>'
    '</fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="164"/><xf numFmtId="9"/>'
    "</cellXfs>"
)
_LISTS = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
_NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_ODD_VALUES = (
    *(
        "",
        "-1",
        "0",
        "99999999999999999999",
        "NaN",
        "Infinity",
        "1e999",
        "1e-999",
        "x",
        "A0",
        "ZZZZ1",
        "A99999999",
    ),
    *(
        "٣",
        "0x10",
        "\u2028",
        "&amp;",
        "rId99",
        "A1:A1:A1",
        "XFD1048576",
        "A1:XFD1048576",
        "%9%8%7",
        "9" * 5000,
    ),
)


def workbook_parts():
    properties = '<workbookPr date1904="0"/>'
    strings = ["Axe", "<si><r><rPr><b/></rPr><t>Action</t></r></si>"]
    return files.workbook_parts({"Plan": _CELLS}, strings=strings, styles=_STYLES, properties=properties)


def document_parts():
    restart, following = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = files.paragraph("Axe 1", _NUMBERED) + files.table(
        [('<w:gridSpan w:val="2"/>', files.paragraph("Action")), "b"],
        [(restart, files.paragraph("x", _NUMBERED)), "y"],
        [(following, files.paragraph("")), ("", files.table(["z"]))],
    )
    return files.document_parts(
        body, numbering=_LISTS, styles='<w:style w:styleId="T"><w:basedOn w:val="T"/></w:style>'
    )


def opendocument_parts():
    rows = (
        '<table:table-row table:visibility="filter">'
        '<table:table-cell table:style-name="g" office:value-type="string"><text:p>Axe</text:p>'
        '</table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-09-01">'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" '
        'office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell></table:table-row>'
    )
    return files.opendocument_parts("spreadsheet", f'<table:table table:name="Plan">{rows}</table:table>')


_SOUND = {"xlsx": workbook_parts, "docx": document_parts, "ods": opendocument_parts}


def light(count_of_each, seed=1):
    """Yield names and contents: as many of each kind of fault as asked for."""
    chance = random.Random(seed)
    yield from _containers()
    yield from _odd_xml()
    for kind, make in _SOUND.items():
        parts = make()
        whole = files.archive(parts)
        for number in range(count_of_each):
            yield f"{kind}, cut {number}", whole[: chance.randrange(len(whole))]
            yield f"{kind}, bytes {number}", _flipped(chance, whole, chance.randint(1, 8))
            for fault in (_flip_part, _cut_part, _oddify, _drop_part, _shuffle):
                yield f"{kind}, {fault.__name__} {number}", files.archive(fault(chance, dict(parts)))
    for number in range(count_of_each):
        text = "".join(chance.choice('a;,\t|"\r\n\x00é\ufeff') for _ in range(200))
        yield f"csv {number}", text.encode(chance.choice(("utf-8", "utf-16", "utf-16-be")))
        yield f"noise {number}", chance.randbytes(300)


def _containers():
    parts = workbook_parts()
    whole = files.archive(parts, ZIP_STORED)
    yield "no part", files.archive({})
    yield "nothing but a name", files.archive({"[Content_Types].xml": ""})
    yield "a wrong sum", whole.replace(b"Axe", b"Abc")
    yield "encrypted", _mark(whole, 6, 8, 1)
    yield "an unknown packing", _mark(whole, 8, 10, 99)
    yield "a packing that it is not", _mark(whole, 8, 10, 14)
    yield "two parts of one name", files.archive(parts | {"XL/Workbook.xml": "<a/>"})
    yield "parts outside", files.archive(parts | {"../../etc/passwd": "x", "/abs": "y", "C:\\x": "z"})
    yield "too many parts", files.archive(parts | {f"xl/media/{number}.png": "x" for number in range(300)})
    yield "macros", files.archive(parts | {"xl/vbaProject.bin": "x"})
    yield (
        "macros by type",
        files.archive(
            parts
            | {"[Content_Types].xml": '<Types a="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'}
        ),
    )
    yield "binary workbook", files.archive({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"})
    yield "a ratio of thousands", files.archive(parts | {"xl/a.xml": " " * 9_000_000})
    outside = files.relations(
        ("worksheet", "../../../../etc/passwd"), ("sharedStrings", "file:///etc/passwd")
    )
    yield "relations that lead out", files.archive(parts | {"xl/_rels/workbook.xml.rels": outside})
    own = files.relations(
        ("worksheet", "workbook.xml"), ("styles", "workbook.xml"), ("sharedStrings", "workbook.xml")
    )
    yield "relations that turn round", files.archive(parts | {"xl/_rels/workbook.xml.rels": own})
    yield "an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")


def _odd_xml():
    lol = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    heads = {
        "billion laughs": f"<!DOCTYPE x [{lol}]>",
        "external entity": '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
        "entity from the network": '<!DOCTYPE x [<!ENTITY j SYSTEM "http://127.0.0.1:9/">]>',
        "external type": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        "long entity": f'<!DOCTYPE x [<!ENTITY j "{"a" * 100_000}">]>',
        "bare type": "<!DOCTYPE x>",
    }
    targets = (
        ("xl/worksheets/sheet1.xml", workbook_parts()),
        ("xl/sharedStrings.xml", workbook_parts()),
        ("word/document.xml", document_parts()),
    )
    for part, parts in targets:
        content = parts[part].removeprefix(files.HEAD)
        for name, head in heads.items():
            said = content.replace("Axe", "&j;" + "&j;" * 50 * (name == "long entity"))
            yield f"{name} in {part}", files.archive(parts | {part: f"<?xml version='1.0'?>{head}{said}"})
        yield f"deep {part}", files.archive(parts | {part: "<a>" * 50_000 + "</a>" * 50_000})
        deep = content.replace("</row>", "<is>" * 5000 + "</is>" * 5000 + "</row>").replace(
            "</w:p>", "<w:r>" * 5000 + "</w:r>" * 5000 + "</w:p>"
        )
        yield f"deep inside {part}", files.archive(parts | {part: deep})
        for encoding in ("utf-7", "ebcdic-cp-fr", "utf-16", "x" * 500, "iso-8859-15", "rot13", "idna"):
            said = f"<?xml version='1.0' encoding='{encoding}'?>{content}"
            yield f"{encoding[:12]} in {part}", files.archive(parts | {part: said})


def _flipped(chance, content, times):
    changed = bytearray(content)
    for _ in range(times):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _xml_part(chance, parts):
    return chance.choice([name for name in sorted(parts) if name not in ("[Content_Types].xml", "mimetype")])


def _flip_part(chance, parts):
    name = _xml_part(chance, parts)
    return parts | {name: _flipped(chance, parts[name].encode(), chance.randint(1, 3))}


def _cut_part(chance, parts):
    name = _xml_part(chance, parts)
    return parts | {name: parts[name][: chance.randrange(len(parts[name]))]}


def _drop_part(chance, parts):
    parts.pop(chance.choice(sorted(parts)))
    return parts


def _oddify(chance, parts):
    """Put an odd value in place of an attribute or of what an element says."""
    name = _xml_part(chance, parts)
    pieces = parts[name].split(chance.choice(('"', ">")))
    mark = '"' if len('"'.join(pieces)) == len(parts[name]) and '"'.join(pieces) == parts[name] else ">"
    where = chance.randrange(len(pieces))
    tail = pieces[where][pieces[where].find("<") :] if mark == ">" and "<" in pieces[where] else ""
    pieces[where] = chance.choice(_ODD_VALUES) + tail
    return parts | {name: mark.join(pieces)}


def _shuffle(chance, parts):
    """Repeat, drop or exchange elements, so that the XML mostly stays well made."""
    name = _xml_part(chance, parts)
    pieces = parts[name].split("<")
    numbers = count()
    kept = [(chance.random() * 3 if chance.random() < 0.1 else next(numbers), piece) for piece in pieces]
    return parts | {name: "<".join(piece for _, piece in sorted(kept, key=lambda pair: pair[0]))}


def _mark(content, local, central, value):
    """Change a number in each heading of an archive: how a part is packed, or whether it is encrypted."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        start = changed.find(signature)
        while start >= 0:
            struct.pack_into("<H", changed, start + offset, value)
            start = changed.find(signature, start + 4)
    return bytes(changed)
