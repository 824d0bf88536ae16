"""Workbooks and documents written by hand, as this or that program writes them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def archive(parts, compression=ZIP_DEFLATED):
    file = BytesIO()
    with ZipFile(file, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def relations(*kinds_and_targets):
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds_and_targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def workbook_parts(sheets, *, strings=None, styles=None, properties="", states=None):
    """The parts of a workbook; `sheets` gives for each name what stands within <worksheet>."""
    leads = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    states = states or {}
    named = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}" state="{states.get(name, "visible")}"/>'
        for number, name in enumerate(sheets, 1)
    )
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="urn:types"/>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{named}</sheets></workbook>",
    }
    for (_, target), content in zip(leads, sheets.values(), strict=True):
        parts[f"xl/{target}"] = f'{HEAD}<worksheet xmlns="{SHEETS}">{content}</worksheet>'
    if strings is not None:
        leads.append(("sharedStrings", "sharedStrings.xml"))
        items = "".join(item if item.startswith("<si") else f"<si><t>{item}</t></si>" for item in strings)
        parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{SHEETS}">{items}</sst>'
    if styles is not None:
        leads.append(("styles", "styles.xml"))
        parts["xl/styles.xml"] = f'{HEAD}<styleSheet xmlns="{SHEETS}">{styles}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = relations(*leads)
    return parts


def workbook(sheets, **others):
    return archive(workbook_parts(sheets, **others))


def rows(*lines):
    """Rows of inline texts, with all references, as most programs write them."""
    written = ""
    for row, values in enumerate(lines, 1):
        cells = "".join(
            f'<c r="{chr(64 + column)}{row}" t="inlineStr"><is><t>{value}</t></is></c>'
            for column, value in enumerate(values, 1)
        )
        written += f'<row r="{row}">{cells}</row>'
    return f"<sheetData>{written}</sheetData>"


def document_parts(body, *, numbering="", styles=""):
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="urn:types"/>',
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(("numbering", "numbering.xml"), ("styles", "styles.xml")),
    }
    if numbering:
        parts["word/numbering.xml"] = f'{HEAD}<w:numbering xmlns:w="{WORDS}">{numbering}</w:numbering>'
    if styles:
        parts["word/styles.xml"] = f'{HEAD}<w:styles xmlns:w="{WORDS}">{styles}</w:styles>'
    return parts


def document(body, **others):
    return archive(document_parts(body, **others))


def paragraph(text, properties="", run=""):
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def table(*lines):
    """A table of Word; a cell is a text, or a pair of properties and content."""
    return f"<w:tbl>{''.join(f'<w:tr>{_cells(line)}</w:tr>' for line in lines)}</w:tbl>"


def _cells(line):
    pairs = [("", paragraph(cell)) if isinstance(cell, str) else cell for cell in line]
    return "".join(f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>" for properties, content in pairs)


def texts(table):
    """What a table says, by the names of its places."""
    return {str(place): cell.text for place, cell in table.cells.items()}


OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def opendocument_parts(kind, body, styles=""):
    """The parts of a « spreadsheet » or a « text »."""
    names = " ".join(f'xmlns:{one}="{OPEN}:{one}:1.0"' for one in ("office", "table", "text", "style"))
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f'{HEAD}<office:document-content {names} xmlns:calcext="urn:c" xmlns:fo="urn:f">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>",
    }


def opendocument(kind, body, **others):
    return archive(opendocument_parts(kind, body, **others))
