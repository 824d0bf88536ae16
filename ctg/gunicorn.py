"""The server's own settings: gunicorn --config python:ctg.gunicorn ctg.wsgi."""

import gc
from pathlib import Path
from typing import Any

from ctg import env

host = env.text("HOST", "127.0.0.1")
port = env.number("PORT", 8000)
env.check()

bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
loglevel = "warning"

# On two processors: twice as many threads lose a third of the throughput.
worker_class = "gthread"
workers = 2
threads = 2
preload_app = True

control_socket_disable = True
# The heartbeat is a file; on a disk that stalls, it would have a healthy worker killed.
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"


def post_fork(server: Any, worker: Any) -> None:
    """Exempt what was loaded from collection, whose full passes would pause requests for 70 ms."""
    gc.freeze()
