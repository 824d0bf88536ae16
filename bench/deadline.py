"""The last minute of a campaign: 150 partners enter and send their values (P1), then 60 save at once (P2).

Run it with `python -m bench.deadline`, or on PostgreSQL with
`python -m tests.postgres python -m bench.deadline`. It serves the application as production does,
prints what it measured and asserts nothing about time. Moments are fixed in advance: an answer that is late
makes the next request late, and counts as such.
"""

import argparse
import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from decimal import Decimal
from html import unescape
from urllib.parse import urlencode

FIELD = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
THINK = 5.0


def main():
    asked = read_arguments()
    with tempfile.TemporaryDirectory(prefix="plan-ctg-deadline-") as folder:
        address = free_address()
        prepare(folder, address)
        tokens = make_campaign(asked.partners + asked.burst, asked.indicators)
        with Server(address):
            rush = [Partner(address, token, rank) for rank, token in enumerate(tokens[: asked.partners])]
            last_minute(rush, asked.seconds)
            tell(f"{asked.partners} partners, {asked.indicators} values each, {asked.seconds} s", rush)
            crowd = [
                Partner(address, token, 10_000 + rank) for rank, token in enumerate(tokens[asked.partners :])
            ]
            burst(crowd)
            tell(f"{asked.burst} saves within one second", crowd, only=("save",))
        read_back(rush, sent=True)
        read_back(crowd, sent=False)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--partners", type=int, default=150)
    parser.add_argument("--indicators", type=int, default=6)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--burst", type=int, default=60)
    return parser.parse_args()


def prepare(folder, address):
    """A database of its own, in the settings of the demonstration: mails are files."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "ctg.settings",
        "CTG_DATA_DIR": folder,
        "DEMO": "1",
        "DEBUG": "",
        "HOST": address[0],
        "PORT": str(address[1]),
        "BASE_URL": f"http://{address[0]}:{address[1]}",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def make_campaign(organisations, indicators):
    """A campaign that asks everything of everybody; return the token of each organisation's link."""
    from tests import factories as f

    plan = f.PlanFactory(territory=f.TerritoryFactory(name="Territoire de l’échéance"))
    action = f.ActionFactory(plan=plan, number=1)
    asked = [
        f.IndicatorFactory(plan=plan, actions=[action], wording=f"Nombre {rank}", unit="personnes")
        for rank in range(indicators)
    ]
    campaign = f.CampaignFactory(plan=plan)
    tokens = []
    for rank in range(organisations):
        organisation = f.OrganisationFactory(territory=plan.territory, name=f"Organisme {rank}")
        solicitation = f.SolicitationFactory(campaign=campaign, organisation=organisation, indicators=asked)
        tokens.append(f.EntryLinkFactory(solicitation=solicitation, email=f"personne{rank}@exemple.fr").token)
    return tokens


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()


class Server:
    """The server of production, for as long as the block lasts."""

    def __init__(self, address):
        self.address = address

    def __enter__(self):
        command = [sys.executable, "-m", "gunicorn", "--config", "python:ctg.gunicorn", "ctg.wsgi"]
        self.process = subprocess.Popen(command)
        for _ in range(200):
            try:
                socket.create_connection(self.address, timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError("the server did not start")

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(20)


class Partner:
    """Somebody with a link: a browser without JavaScript, and what was acknowledged to her."""

    def __init__(self, address, token, seed):
        self.address = address
        self.token = token
        self.chance = random.Random(seed)
        self.cookies = {}
        self.times = []
        self.failures = []
        self.values = {}
        self.acknowledged = {}
        self.page, self.path = "", f"/repondre/{token}/"

    def open(self):
        self.get(self.path)

    def identify(self):
        if "qui-repond" in self.path:
            self.post(self.path, self.fields() | {"name": "Dominique Petit", "email": "d.petit@exemple.fr"})

    def save(self, step="draft"):
        data = self.fields()
        self.values = {name: str(self.chance.randint(1, 5000)) for name in data if name.endswith("-amount")}
        self.form = self.path
        if self.post(self.path, data | self.values | {"step": step}):
            self.acknowledged = dict(self.values)

    def review(self):
        self.path = self.form
        self.get(self.path)
        data = self.fields()
        if self.post(self.path, data | self.values | {"step": "review"}):
            self.acknowledged = dict(self.values)

    def send(self):
        self.post(self.form + "envoyer/", self.fields())

    def fields(self):
        """What the forms of the page hold."""
        held = {}
        for tag in FIELD.findall(self.page):
            attributes = dict(ATTRIBUTE.findall(tag))
            if "name" in attributes and attributes.get("type") not in ("checkbox", "radio", "file", "search"):
                held[attributes["name"]] = unescape(attributes.get("value", ""))
        return held

    def get(self, path):
        status, target = self.exchange("GET", path)
        for _ in range(4):
            if status != 302:
                break
            path = target
            status, target = self.exchange("GET", path)
        self.path = path
        if status != 200:
            self.failures.append((path, status))
        return status == 200

    def post(self, path, data):
        status, target = self.exchange("POST", path, urlencode(data))
        if status == 302:
            return self.get(target)
        self.failures.append((path, status))
        return False

    def exchange(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            headers |= {"Origin": "http://{}:{}".format(*self.address)}
        try:
            connection = http.client.HTTPConnection(*self.address, timeout=60)
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            self.page = response.read().decode()
            connection.close()
        except OSError as error:
            return f"{type(error).__name__}", ""
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.headers.get("Location", "")

    def at(self, start, moment, name):
        """Do something at a moment fixed in advance, and note how long after it that was done."""
        time.sleep(max(0.0, start + moment - time.monotonic()))
        getattr(self, name)()
        self.times.append((name, time.monotonic() - start - moment))


STEPS = ("open", "identify", "save", "review", "send")


def last_minute(partners, seconds):
    """Everybody comes during the first part of the minute, thinks about five seconds between two steps."""
    start = time.monotonic() + 1

    def journey(partner):
        moment = partner.chance.uniform(0, max(1.0, seconds - THINK * len(STEPS)))
        for name in STEPS:
            partner.at(start, moment, name)
            moment += min(partner.chance.expovariate(1 / THINK), 3 * THINK)

    together(partners, journey)


def burst(partners):
    for partner in partners:
        partner.open()
        partner.identify()
    start = time.monotonic() + 1

    def journey(partner):
        partner.at(start, partner.chance.random(), "save")

    together(partners, journey)


def together(partners, journey):
    threads = [threading.Thread(target=journey, args=[partner]) for partner in partners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def tell(title, partners, only=STEPS):
    print(title)
    for name in only:
        times = sorted(1000 * took for partner in partners for step, took in partner.times if step == name)
        p50, p95, p99 = (times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.95, 0.99))
        print(f"  {name:9} p50 {p50:6.0f} ms  p95 {p95:6.0f} ms  p99 {p99:6.0f} ms  max {times[-1]:6.0f} ms")
    everything = [1000 * took for partner in partners for _, took in partner.times]
    failures = [failure for partner in partners for failure in partner.failures]
    print(
        f"  {len(everything)} steps, median {statistics.median(everything):.0f} ms, failures: {len(failures)}"
    )
    for path, status in failures[:5]:
        print(f"    {status} {re.sub('[A-Za-z0-9_-]{40,}', '…', path)}")


def read_back(partners, *, sent):
    """Compare what was acknowledged with what the database holds."""
    from indicators.models import Measurement, Question, State

    questions = {question.pk: question for question in Question.objects.all()}
    held = {
        (value.indicator_id, value.organisation_id): value
        for value in Measurement.objects.select_related(None)
    }
    organisations = dict(Question.objects.values_list("pk", "solicitation__organisation"))
    lost = unsent = acknowledged = 0
    for partner in partners:
        for name, typed in partner.acknowledged.items():
            pk = int(re.search(r"\d+", name)[0])
            value = held.get((questions[pk].indicator_id, organisations[pk]))
            acknowledged += 1
            lost += value is None or value.amount != Decimal(typed)
            unsent += sent and (value is None or value.state != State.SUBMITTED)
    print(f"  {acknowledged} values acknowledged, lost {lost}{f', not sent {unsent}' if sent else ''}")


if __name__ == "__main__":
    main()
