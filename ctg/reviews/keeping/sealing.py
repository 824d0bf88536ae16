"""A document before it is frozen: a draft, then the same under a number, its files on the disk."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import PurePath
from typing import Any

from django.db.models import Max
from django.utils import timezone

from actions.models import Plan
from ctg.documents.pdf.progress import pages_told
from ctg.reviews.facts.canonical import canonical_json, digest_of
from ctg.reviews.keeping.adoption import Adoption
from ctg.reviews.keeping.seal import Seal
from ctg.reviews.models import Evaluation, FrozenDocument, FrozenFile, FrozenKind, Review
from ctg.web import uploads
from partners.jobs import Progress

Writer = Callable[[Seal], bytes]

MEDIA_TYPES = {extension: media_type for media_type, extension in uploads.EXTENSIONS.items()}


@dataclass(frozen=True)
class Draft:
    """What is about to be frozen.

    `content` is what the document says: facts without any key of the database, to which freezing adds the
    `document` itself, its number and its day. `files` names each of its files, the first one being the one
    to read, and says what writes it from that content once the seal is known. `token` is that of the form
    that asked, for what nothing else tells apart when it is sent twice. `is_current` tells at the last
    moment whether the content still says all that was written.
    """

    kind: FrozenKind
    title: str
    content: Any
    files: Mapping[str, Writer]
    review: Review | None = None
    evaluation: Evaluation | None = None
    about: FrozenDocument | None = None
    adoption: Adoption = field(default_factory=Adoption)
    #: « Corrige le document n° 3 ».
    about_words: str = ""
    token: uuid.UUID = field(default_factory=uuid.uuid4)
    is_current: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class Sealed:
    """A draft under a number: its facts as they are kept, and its files on the disk."""

    number: int
    facts: str
    files: list[FrozenFile]

    def drop(self) -> None:
        for file in self.files:
            uploads.drop_stored(file.stored_as)


def seal(plan: Plan, draft: Draft, *, at: dt.datetime, progress: Progress | None = None) -> Sealed:
    """Give a draft the next number of its plan, and write its files; nobody else knows of it yet."""
    number = (FrozenDocument.objects.of_plan(plan).aggregate(last=Max("number"))["last"] or 0) + 1
    frozen_on = timezone.localdate(at)
    facts = canonical_json(_plain(draft.content) | {"document": _identity(plan, draft, number, frozen_on)})
    printed = Seal(number, frozen_on, draft.adoption.words, digest_of(facts), draft.about_words)
    sealed = Sealed(number, facts, [])
    try:
        for name, write in draft.files.items():
            with _told(progress, len(sealed.files), len(draft.files), name):
                content = write(printed)
            sealed.files.append(_stored(name, content))
    except BaseException:
        sealed.drop()
        raise
    return sealed


def _told(
    progress: Progress | None, done: int, total: int, name: str
) -> AbstractContextManager[None, bool | None]:
    """Say which file is being written, and its pages one by one: a PDF takes longer than all others."""
    if progress is None:
        return nullcontext()
    progress(done, total, f"Écriture de {name}.")
    return pages_told(
        lambda page: progress(done, total, f"Écriture de {name}\u00a0: page {page}."), lambda: None
    )


def _identity(plan: Plan, draft: Draft, number: int, frozen_on: dt.date) -> dict[str, Any]:
    return {
        "number": number,
        "kind": draft.kind.label,
        "title": draft.title,
        "territory": plan.territory.name,
        "plan": plan.full_title,
        "frozen_on": frozen_on.isoformat(),
        "adopted": draft.adoption.words,
        "adopted_on": draft.adoption.on.isoformat() if draft.adoption.on else "",
        "about": draft.about_words,
    }


def _plain(content: Any) -> dict[str, Any]:
    return asdict(content) if is_dataclass(content) and not isinstance(content, type) else dict(content)


def _stored(name: str, content: bytes) -> FrozenFile:
    return FrozenFile(
        name=name,
        stored_as=uploads.keep_content([content]),
        media_type=MEDIA_TYPES[PurePath(name).suffix],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
