"""Every page of the site, for the tests that look at all of them."""

from django.test import Client

from tests.routes import address, furnish
from tests.test_access import ROUTES, WHO

#: Who goes where: each person sees the pages that she may open and that look otherwise to those before her.
ROUNDS = {None: {"public"}, "alex": {"administrators"}, "elise": {"readers"}, "camille": set(WHO)}


def pages(world, name):
    """The addresses that answer a page to somebody; commands and downloads are none."""
    furnish(world)
    client = Client()
    if name:
        client.force_login(getattr(world, name))
    for route, (_, who, target) in ROUTES.items():
        if name in WHO[who] and who in ROUNDS[name]:
            path = address(route, world, target)
            response = client.get(path)
            if response.streaming:  # Read to its end, a file is closed.
                b"".join(response)
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                yield path
