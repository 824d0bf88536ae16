"""Several people at the same moment: threads with a database connection of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.test import Client


def at_once(calls):
    """Make all the calls at the same moment; return what they return, in their order."""
    start = threading.Barrier(len(calls), timeout=60)

    def run(call):
        try:
            start.wait()
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [running.result() for running in [pool.submit(run, call) for call in calls]]


def copy_of(client):
    """The same signed-in browser, for another thread; a server error is an answer like others."""
    copy = Client(raise_request_exception=False)
    copy.cookies.update(client.cookies)
    return copy
