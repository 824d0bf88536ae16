"""A document that takes no time to write, for tests about freezing itself."""

import uuid
from pathlib import Path

from django.conf import settings

from ctg.reviews.keeping.adoption import Adoption
from ctg.reviews.keeping.sealing import Draft
from ctg.reviews.models import FrozenKind

FACTS = {"actions": [{"number": 1, "title": "Ouvrir un café des jeunes – 日本 🎉"}], "count": 1}


def said(seal):
    return f"%PDF {seal.number} {seal.sha256} {seal.adopted} {seal.about}".encode()


def draft_of(world=None, **changes):
    return Draft(
        **{
            "kind": FrozenKind.SIGNED_PLAN,
            "title": "Plan signé",
            "content": FACTS,
            "files": {"plan.pdf": said, "plan.docx": lambda seal: said(seal)[::-1]},
            **changes,
        }
    )


def erratum_of(document, **changes):
    given = {"kind": FrozenKind.ERRATUM, "title": "Erratum", "about": document, "token": uuid.uuid4()}
    return draft_of(**given | {"about_words": f"Corrige le document n° {document.number}"} | changes)


def draft_asked(plan, params, user, today):
    """What a worker freezes in place of the plan: an address for `ctg.reviews.keeping.jobs`."""
    return draft_of(adoption=Adoption("signé"))


def stored():
    """The names of what is kept on the disk."""
    folder = Path(settings.FILES_DIR)
    return {path.name for path in folder.iterdir()} if folder.exists() else set()
