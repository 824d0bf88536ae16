"""What to say of a file that cannot be read, and the faults that mean no more than that."""

import struct
import zlib
from lzma import LZMAError
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml import DefusedXmlException

from ctg.intake.tables import Refusal

DAMAGED = (
    "Ce fichier est abîmé\u00a0: il ne s’ouvre pas entièrement. Ouvrez-le dans Excel ou Word, "
    "enregistrez-le sous un autre nom, puis déposez cette copie."
)
PROTECTED = "Ce fichier est protégé par un mot de passe. Enlevez la protection, puis déposez-le à nouveau."
TOO_HEAVY = (
    "Ce fichier demande trop de mémoire ou de temps pour être lu. Gardez la seule feuille du plan, "
    "sans images ni lignes vides mises en forme, et déposez cette copie."
)

#: All that archives, XML and numbers written by a faulty hand raise: nothing else is expected from a file.
FAULTS = (
    *(BadZipFile, zlib.error, LZMAError, struct.error, ParseError, DefusedXmlException),
    *(ValueError, ArithmeticError, LookupError, EOFError, OSError, NotImplementedError, RuntimeError),
)


def damaged() -> Refusal:
    return Refusal(DAMAGED)


def too_heavy() -> Refusal:
    return Refusal(TOO_HEAVY)
