import datetime as dt

from actions.models import Plan
from ctg.answerbooks.keeping import KEPT, kept_of
from ctg.answerbooks.models import DroppedValues
from ctg.intake.tables import SourceFile
from partners.models import User

from .comparing import compare_values


def keep_values(plan: Plan, source: SourceFile, *, user: User, at: dt.datetime) -> DroppedValues:
    """Keep a table of values; raise `Refusal` for what is none."""
    compare_values(source, plan, user, at=at)
    DroppedValues.objects.stale(at - KEPT).delete()
    return DroppedValues.objects.create(plan=plan, **kept_of(source, user=user, at=at))
