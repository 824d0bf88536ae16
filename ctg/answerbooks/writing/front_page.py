"""The first sheet: what is asked, until when, of whom, and how one answers in this file."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from ctg.answerbooks.columns import ABSENCE, COMMENT, VALUE, VALUES
from ctg.documents.workbooks.book import Book, lines_needed, row_height
from ctg.documents.workbooks.plan_table import TEXT, TITLE
from ctg.web.templatetags.ui import day
from ctg.web.words import to_whom
from indicators.campaigns.mails import last_day_of
from indicators.models import Solicitation

_WIDTHS = (26, 92)
_NAME = replace(TEXT, bold=True, border=None, size=11)
_WORDS = replace(TEXT, border=None, size=11)

_HOW = (
    f"Remplissez les cases encadrées et colorées de la feuille «\u00a0{VALUES}\u00a0», colonne "
    f"«\u00a0{VALUE}\u00a0»\u00a0: la flèche «\u00a0→\u00a0» annonce ce qui va dans chacune.",
    "Vide ne veut pas dire zéro\u00a0: écrivez 0 quand le compte est zéro. "
    "Une case laissée vide ne change rien.",
    f"S’il n’y a pas de valeur, choisissez-en la raison dans «\u00a0{ABSENCE}\u00a0», et "
    "laissez vides les cases de cet indicateur.",
    f"Une valeur très différente de l’an dernier\u00a0? Dites pourquoi dans «\u00a0{COMMENT}\u00a0», sur la "
    "première ligne de l’indicateur.",
    "Le reste de la feuille est protégé sans mot de passe, contre les gestes maladroits. Ôtez la protection "
    "pour trier ou déplacer des colonnes\u00a0: le fichier est reconnu quand même, depuis LibreOffice aussi.",
    "Gardez les titres des colonnes, et la colonne masquée «\u00a0Repère\u00a0» à laquelle chaque ligne est "
    "reconnue.",
)


def write_front_page(book: Book, solicitation: Solicitation, *, count: int, today: dt.date) -> None:
    sheet = book.sheet("À lire", widths=_WIDTHS)
    many = "s" if count > 1 else ""
    title = f"{count} valeur{many} demandée{many} {to_whom(solicitation.organisation.name)}"
    sheet.row([title], replace(TITLE, wrap=False), height=30)
    for name, words in _told(solicitation, today):
        lines = lines_needed(words, 1.1 * _WIDTHS[1])
        sheet.row([name, words], [_NAME, _WORDS], height=row_height(lines, 11))
    sheet.protect()


def _told(solicitation: Solicitation, today: dt.date) -> Iterator[tuple[str, str]]:
    campaign = solicitation.campaign
    last_day = last_day_of(solicitation)
    sender = ", ".join(filter(None, (campaign.sender_name, campaign.sender_contact)))
    yield "Organisme", solicitation.organisation.name
    yield "Campagne", f"{campaign}, {campaign.plan.title}"
    yield "Territoire", campaign.plan.territory.label
    yield "À rendre", f"jusqu’au {day(last_day)} inclus"
    yield "Comment le rendre", _return_words(sender)
    for rank, words in enumerate(_HOW, 1):
        yield ("Comment répondre" if rank == 1 else ""), f"{rank}. {words}"
    yield "Écrit le", day(today)


def _return_words(sender: str) -> str:
    page = "Déposez ce fichier sur la page de votre lien personnel ou de votre compte"
    return f"{page}, ou renvoyez-le à {sender or 'qui vous l’a adressé'}."
