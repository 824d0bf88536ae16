"""The settings of production, with what the tests must bend."""

import atexit
import os
import tempfile

# Each process has its own folder, and thus its own SQLite file: a real one, in which WAL and locks are real.
_folder = tempfile.TemporaryDirectory(prefix="plan-ctg-tests-")
atexit.register(_folder.cleanup)

os.environ |= {
    "SECRET_KEY": "only-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "testserver,localhost",
    "BASE_URL": "https://plan.exemple.fr",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "Plan CTG <plan-ctg@exemple.fr>",
    "CTG_DATA_DIR": _folder.name,
    "TRUSTED_PROXY_COUNT": "0",
    "DEMO": "",
    "DEBUG": "",
}

from ctg.settings import *  # noqa: E402, F403
from ctg.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}

# The test client and the live server speak plain HTTP; Chromium keeps secure cookies for localhost.
SECURE_SSL_REDIRECT = False

# Nothing is collected: files are found where they are written.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True

# Tests say when letters leave.
OUTBOX_IN_BACKGROUND = False

# And when jobs are done.
JOBS_IN_BACKGROUND = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
