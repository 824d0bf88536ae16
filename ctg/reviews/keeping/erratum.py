"""An erratum: what was wrong in a frozen document, and what to read instead; frozen at once."""

import datetime as dt
import uuid
from functools import partial

from django.utils import timezone

from ctg.documents.exports import PAPER_FORMATS, Format, where, write_paper
from ctg.reviews.keeping.freezing import freeze
from ctg.reviews.keeping.seal import Seal
from ctg.reviews.keeping.sealing import Draft
from ctg.reviews.models import FrozenDocument, FrozenKind
from ctg.reviews.papers.erratum import ErratumFacts, erratum_paper
from partners.models import Territory, User


def freeze_erratum(
    document: FrozenDocument, *, wrong: str, right: str, token: uuid.UUID, by: User, at: dt.datetime
) -> FrozenDocument:
    """Freeze a correction of a document, both of its files being short; the same form makes it once."""
    plan = document.plan
    facts = ErratumFacts(
        territory=plan.territory.name,
        territory_label=plan.territory.label,
        plan=plan.full_title,
        number=document.number,
        title=document.title,
        frozen_on=timezone.localdate(document.frozen_at).isoformat(),
        sha256=document.sha256,
        wrong=wrong,
        right=right,
    )
    name = f"erratum-ctg-{where(plan)}-document-{document.number}"
    draft = Draft(
        kind=FrozenKind.ERRATUM,
        title=f"Erratum au document n°\u00a0{document.number}\u00a0: {document.title}"[:300],
        content=facts,
        files={
            f"{name}.{file_format}": partial(_write, facts, file_format, plan.territory)
            for file_format in PAPER_FORMATS
        },
        about=document,
        about_words=f"Corrige le document n°\u00a0{document.number}\u00a0: {document.title}",
        token=token,
    )
    return freeze(plan, draft, by=by, at=at)


def _write(facts: ErratumFacts, file_format: Format, territory: Territory, seal: Seal) -> bytes:
    return write_paper(erratum_paper(facts, seal), file_format, territory)
