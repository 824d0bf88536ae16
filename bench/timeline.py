"""Weigh the timeline and the columns by status, and time them in processor time (G13).

Run it with `python -m bench.timeline`.
"""

import datetime as dt
import os
import statistics
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests import factories as f  # noqa: E402

SIZES = (40, 200)
ROUNDS = 7
#: 88 bytes: the average of the voted titles.
TITLE = "Lier systématiquement l’organisation d’un rendez-vous des droits à un événement"
CALENDARS = ("2026", "2e semestre 2026", "2026 à 2028", "rentrée 2027", "en continu")


def main():
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    for size in SIZES:
        plan = grow(size)
        client = Client()
        client.force_login(f.MembershipFactory(territory=plan.territory).user)
        for name, query in (
            ("timeline", ""),
            ("timeline", "?echelle=mois"),
            ("timeline", "?vue=tableau"),
            ("kanban", ""),
        ):
            address = reverse(f"actions:{name}", args=[plan.pk]) + query
            report(f"{name}{query}, {size} actions", client, address)


def grow(size):
    plan = f.PlanFactory()
    ambitions = f.AmbitionFactory.create_batch(6, plan=plan)
    services = f.OrganisationFactory.create_batch(6, territory=plan.territory)
    for number in range(1, size + 1):
        action = f.ActionFactory(
            plan=plan,
            number=number,
            title=TITLE,
            ambition=ambitions[number % 6],
            status="ongoing",
            calendar_text=CALENDARS[number % 5],
        )
        f.InvolvementFactory(action=action, organisation=services[number % 6])
        f.MilestoneFactory(action=action, title="Premier bilan partagé", due_on=dt.date(2027, 3, 1))
        if number % 2:
            f.MilestoneFactory(action=action, title="Charte signée", due_on=dt.date(2026, 6, 30))
    return plan


def report(name, client, address):
    client.get(address)
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        response = client.get(address)
        times.append(time.process_time() - start)
    assert response.status_code == 200
    print(f"{name:<40} {len(response.content):>8} bytes {statistics.median(times) * 1000:>7.1f} ms")


if __name__ == "__main__":
    main()
