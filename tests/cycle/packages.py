"""Packages of a plan in which everything is filled, and hands that alter them."""

import json
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from ctg.cycle.closing import package
from ctg.cycle.closing.label import LABEL, Entry, _seal
from ctg.web.uploads import keep_content
from indicators.models import Category, Portion, Target
from partners import tracking
from partners.models import Alias, Organisation
from partners.tracking import Author
from tests import factories as f
from tests.routes import furnish

BY = Author("Camille, coordination")
PDF = "application/pdf"

#: What no system would take as the name of a file.
HOSTILE = "../../CON\x07 <script>: été “1”?\u202efdp.exe" + "x" * 150


def fill(world):
    """The plan of the world with at least one row of all that goes into a package."""
    furnish(world)
    plan, now = world.plan, timezone.now()
    Alias.objects.create(organisation=world.service, name="SJ")
    gone = f.OrganisationFactory(territory=world.territory, name="Ancien service", trashed_at=now)
    Organisation.objects.filter(pk=gone.pk).update(merged_into=world.service)
    f.MilestoneFactory(action=world.action, title="Local trouvé", owner=gone)
    commune, _ = Category.objects.filter(dimension=world.dimension).order_by("pk")
    type(world.indicator).objects.filter(pk=world.indicator.pk).update(
        first_dimension=world.dimension, common=world.common, baseline=Decimal("12.5")
    )
    Target.objects.create(indicator=world.indicator, year=2027, value=120)
    Portion.objects.create(measurement=world.measurement, first=commune, amount=Decimal("7.25"))
    f.RenewalChoiceFactory(renewal=world.renewal, action=world.action)
    f.AttachmentFactory(action=world.action, title=HOSTILE, url="", **stored(b"%PDF-1.7 joint"))
    f.AttachmentFactory(
        action=world.action, title="Perdu", url="", media_type=PDF, stored_as="nom-sur-le-disque"
    )
    f.EvidenceFactory(
        measurement=world.measurement, url="", name="registre.pdf", **stored(b"%PDF-1.7 preuve")
    )
    frozen = f.FrozenDocumentFactory(plan=plan, kind="erratum", about=world.frozen, title="Erratum")
    f.FrozenFileFactory(document=frozen, name="erratum.pdf", content=b"%PDF-1.7 erratum")
    # Zero is a value, and an empty text another one than the usual.
    type(world.action).objects.filter(pk=world.action.pk).update(progress=0, content_label="")
    # The history names what the plan does not name any more.
    former = f.OrganisationFactory(territory=world.territory, name="Ancien porteur")
    leads = {"leads": [former.pk, world.service.pk], "theme": None, "confidence": "fine"}
    tracking.change(world.action, leads, by=BY, at=now)
    tracking.change(world.action, {"leads": [world.service.pk], "theme": world.theme.pk}, by=BY, at=now)
    parts = [[commune.pk, None, "8", None]]
    tracking.change(world.measurement, {"portions": parts, "amount": Decimal("13.5")}, by=BY, at=now)
    tracking.change(world.decision, {"actions": []}, by=Author("anonyme@exemple.fr, coordination"), at=now)
    return plan


def stored(content):
    return {"stored_as": keep_content([content]), "media_type": PDF, "size": len(content)}


def write(plan, folder, monkeypatch):
    """The package of a plan on the disk, without the documents that take seconds to write."""
    monkeypatch.setattr(package, "documents_of", lambda plan, today: [])
    made = package.write_package(plan, at=timezone.now())
    path = folder / made.name
    path.write_bytes(made.file.read())
    made.file.close()
    return path


def read(path):
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path, files, *, relabel=False):
    """The same package with other files; relabelled, it agrees with itself again."""
    if relabel:
        label = json.loads(files[LABEL])
        label["entries"] = [vars(Entry.of(name, held)) for name, held in files.items() if name != LABEL]
        label["sha256"] = Entry.of("", files["contenu.json"]).sha256
        files[LABEL] = json.dumps(label | {"seal": _seal(label)}).encode()
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    altered = path.with_name("altere.zip")
    altered.write_bytes(target.getvalue())
    return altered


def with_content(path, change):
    """The package after `change` was done to the parts of its content, relabelled."""
    files = read(path)
    content = json.loads(files["contenu.json"])
    change(content["parts"])
    files["contenu.json"] = json.dumps(content).encode()
    return rewrite(path, files, relabel=True)
