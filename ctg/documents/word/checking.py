"""Whether a Word document that somebody gives can serve as the template of her papers."""

import datetime as dt
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from ctg.documents.papers.blocks import Column, Cover, Fact, Paper, Passage, Section, Table
from ctg.documents.word.template import UNREADABLE, TemplateError, open_template
from ctg.documents.word.writer import write_docx
from ctg.web.uploads import DOCX, media_type_of

#: Of XML once unpacked: read whole, it takes ten times more.
MOST = 8 * 1024 * 1024

#: What holds another document, which would travel with each paper.
CARRIED = {RT.OLE_OBJECT, RT.PACKAGE, RT.A_F_CHUNK, RT.CONTROL}


def check_template(file: IO[bytes]) -> None:
    """Raise `TemplateError` unless a paper can be written from this document."""
    if media_type_of(file) != DOCX:
        raise TemplateError("Ce fichier n’est pas un document Word (.docx) sans macro.")
    if _weight(file) > MOST:
        raise TemplateError("Ce modèle est trop long\u00a0: videz-le de ses pages, gardez ses styles.")
    file.seek(0)
    try:
        _try(file.read())
    except TemplateError:
        raise
    except Exception as error:
        # A damaged document fails in as many ways as there are parts in it.
        raise TemplateError(UNREADABLE) from error


def _try(content: bytes) -> None:
    if _is_tied(open_template(BytesIO(content))):
        raise TemplateError(
            "Ce modèle contient un objet incorporé, ou va chercher une image ailleurs\u00a0: retirez-les."
        )
    open_template(BytesIO(write_docx(SAMPLE, BytesIO(content))))


def _weight(file: IO[bytes]) -> int:
    with ZipFile(file) as archive:
        return sum(one.file_size for one in archive.infolist() if one.filename.endswith((".xml", ".rels")))


def _is_tied(document: Document) -> bool:
    rels = [rel for part in document.part.package.iter_parts() for rel in part.rels.values()]
    return any(rel.reltype in CARRIED or (rel.is_external and rel.reltype != RT.HYPERLINK) for rel in rels)


SAMPLE = Paper(
    Cover("Territoire", "Titre", "Sous-titre", "En-tête", dt.date(2026, 1, 1), [Fact("Période", ["2026"])]),
    [
        Section(2, "Titre", "Phrase", [Fact("Liste", ["un", "deux"]), Passage("Texte", "• un\n  ○ deux")]),
        Section(4, "Titre", blocks=[Table("Tableau", [Column("Titre", 100)], [["case"]])]),
    ],
)
