"""What the next convention would be called."""

import datetime as dt

from actions.models import Plan
from ctg.cycle.models import Renewal


def propose(plan: Plan, *, today: dt.date) -> Renewal:
    """As long as the plan before, from the year after its last; its title with the years changed."""
    first = (plan.last_year or today.year) + 1
    length = plan.last_year - plan.first_year if plan.first_year and plan.last_year else 3
    years = {plan.first_year: first, plan.last_year: first + length}
    title = plan.title
    # The last year first: it never is what the first one has just become.
    for before, after in sorted(((old, new) for old, new in years.items() if old), reverse=True):
        title = title.replace(str(before), str(after))
    return Renewal(plan=plan, title=title, first_year=first, last_year=first + length)
