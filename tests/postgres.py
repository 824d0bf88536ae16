"""Runs a command beside a PostgreSQL of its own: python -m tests.postgres COMMAND…

The server lives in a temporary folder, is reached through DATABASE_URL and dies with the command.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def binaries() -> Path:
    """Return the folder of PostgreSQL's own programs, which Debian keeps out of the PATH."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=shutil.which("initdb"))
    if newest is None:
        sys.exit("PostgreSQL manque : apt-get install --no-install-recommends postgresql")
    return Path(newest).resolve().parent


@contextmanager
def server() -> Iterator[str]:
    """Start a server, give its address, stop it."""
    programs = binaries()
    with tempfile.TemporaryDirectory(prefix="plan-ctg-postgres-") as folder:
        # PostgreSQL refuses to run as root, so root lends it the folder.
        owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        identity = (
            {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        )

        def run(program: str, *arguments: str) -> None:
            done = subprocess.run(
                [programs / program, "--pgdata", f"{folder}/data", *arguments],
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                **identity,
            )
            if done.returncode:
                log = Path(folder, "log")
                sys.exit(f"{program} : {done.stdout}{log.read_text() if log.exists() else ''}")

        run("initdb", "--auth=trust", "--username=ctg", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        # A socket in the folder, and no port: nothing to collide with, nobody else to let in.
        options = f"-c unix_socket_directories='{folder}' -c listen_addresses=''"
        run("pg_ctl", "start", "--wait", "--silent", f"--log={folder}/log", f"--options={options}")
        try:
            yield f"postgres://ctg@{quote(folder, safe='')}/postgres"
        finally:
            run("pg_ctl", "stop", "--silent", "--mode=immediate")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with server() as address:
        result = subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": address})
    sys.exit(result.returncode)
