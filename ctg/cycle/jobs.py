"""What is long in the life of a convention: its closing package."""

import datetime as dt
from typing import Any

from actions.models import Plan
from ctg.cycle.closing.package import write_package
from ctg.web.uploads import ZIP
from partners import jobs
from partners.jobs import Progress, Result
from partners.models import Job, User


def prepare_package(plan: Plan, user: User, *, at: dt.datetime) -> Job:
    """Have the package of a plan written; the same one that waits already is answered again."""
    title = f"Paquet de la convention – {plan.title}"[:300]
    return jobs.start(user, "package", {"plan": plan.pk}, title=title, territory=plan.territory, at=at)


@jobs.register("package")
def write(params: dict[str, Any], user: User, progress: Progress) -> Result:
    plan = Plan.objects.editable_by(user).select_related("territory").get(pk=params["plan"])
    package = write_package(plan, at=progress.at, tell=progress)
    return Result(package.name, package.file, ZIP)
