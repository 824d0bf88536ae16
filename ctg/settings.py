"""Settings, read top to bottom: the environment first, then what follows from it.

Three ways to run: in production (neither DEMO nor DEBUG), for which every secret is required;
DEMO, which bin/demo alone sets; DEBUG, for whoever develops.
"""

from email.utils import parseaddr
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from ctg import env
from ctg.web.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent

# Environment: .env.example describes each variable.

DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
PRODUCTION = not (DEMO or DEBUG)

DATA_DIR = env.folder("CTG_DATA_DIR", BASE_DIR / "var")
DATABASE = env.database("DATABASE_URL", DATA_DIR / "plan-ctg.sqlite3")
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Plan CTG <plan-ctg@localhost>")
PUBLISHER = env.text("PUBLISHER", "la collectivité qui a ouvert ce service")
CONTACT_EMAIL = env.text("CONTACT_EMAIL", parseaddr(DEFAULT_FROM_EMAIL)[1])

MAIL_SERVER: dict[str, Any] | None = None  # Mails stay in a folder, except in production.

if PRODUCTION:
    SECRET_KEY = env.text("SECRET_KEY", accept=env.secret_key)
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", accept=env.exact_hosts)
    BASE_URL = env.text("BASE_URL", accept=env.https_origin)
    MAIL_SERVER = env.mail_server("EMAIL_URL")
else:
    SECRET_KEY = kept_secret(DATA_DIR / "secret-key")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")

env.check()

# Applications

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "allauth",
    "allauth.account",
    "ctg.web",
    "partners",
    "actions",
    "indicators",
    "ctg.documents",
    "ctg.dashboards",
    "ctg.reviews",
    "ctg.intake",
    "ctg.answerbooks",
    "ctg.cycle",
]

MIDDLEWARE = [
    "ctg.web.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ctg.web.middleware.no_store",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ctg.web.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ctg.web.middleware.HtmxMessagesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partners.middleware.renew_session",
]

ROOT_URLCONF = "ctg.urls"
WSGI_APPLICATION = "ctg.wsgi.application"

# Templates

_file_loaders: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
_loaders = _file_loaders if DEBUG else [("django.template.loaders.cached.Loader", _file_loaders)]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", _loaders)],
            "builtins": [
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "ctg.web.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partners.shell.shell",
            ],
        },
    },
]

# Data

# Connections stay open: PostgreSQL charges dearly for a new one, and SQLite would fold its journal
# back into the database each time the last one closes.
DATABASES = {"default": {**DATABASE, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}

if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock when a transaction begins, so that none fails half-way for want
    # of it; FULL has each commit on the disk before it is acknowledged. Django turns foreign keys on.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000",
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Two processes share the counters of failed log-ins through the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Room enough that a flood of attempts does not wash away the counts of others.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# What people join to their answers: no address leads to this folder.
FILES_DIR: Path = DATA_DIR / "files"
FILE_UPLOAD_HANDLERS = [
    "ctg.web.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# People

AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["partners.backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["ctg.web.hashers.FrugalArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "partners.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "partners.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "partners.forms.sign_in.SignInForm",
    "request_login_code": "partners.forms.sign_in.CodeRequestForm",
    "confirm_login_code": "partners.forms.sign_in.CodeForm",
    "reset_password": "partners.forms.sign_in.ResetRequestForm",
    "confirm_password_reset_code": "partners.forms.sign_in.ResetCodeForm",
    "reset_password_from_key": "partners.forms.sign_in.ResetForm",
    "change_password": "partners.forms.sign_in.PasswordChangeForm",
    "set_password": "partners.forms.sign_in.PasswordSetForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
# A forgotten password is replaced with a code too: no mail holds a link that a scanner could open first.
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Every session ends by itself, so nobody is asked whether to be remembered.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# An invitation already went through the mailbox that a confirmation would check again.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/h/ip,5/h/key",
    "reset_password": "20/h/ip,5/h/key",
}
# Behind a proxy whose count is wrong, the whole site would share one address and its limits.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# The engine itself ends a session twelve hours after it opened.
SESSION_ENGINE = "partners.sessions"
SESSION_COOKIE_AGE = 2 * 60 * 60
MESSAGE_STORAGE = "ctg.web.messages.MessageStorage"

# Browser: cookies, headers

_cookie_prefix = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{_cookie_prefix}session"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = f"{_cookie_prefix}csrf"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ctg.web.errors.csrf_failure"

# A trusted proxy must set X-Forwarded-Proto, and drop the one that a visitor sends.
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Browsers' own lists are joined by a town for its whole domain, not by one of its services.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Language

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "ctg.web.storage.OneStylesheetStorage"
    },
}

# Mail

if MAIL_SERVER:
    EMAIL_BACKEND = MAIL_SERVER["EMAIL_BACKEND"]
    EMAIL_HOST = MAIL_SERVER["EMAIL_HOST"]
    EMAIL_PORT = MAIL_SERVER["EMAIL_PORT"]
    EMAIL_HOST_USER = MAIL_SERVER["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = MAIL_SERVER["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = MAIL_SERVER["EMAIL_USE_TLS"]
    EMAIL_USE_SSL = MAIL_SERVER["EMAIL_USE_SSL"]
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "ctg.web.mail_files.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mails"

# What a page writes to people leaves right after it; what is left waits for `manage.py remind_campaigns`.
OUTBOX_IN_BACKGROUND = True

# What takes long is done by a process of its own, `manage.py work_jobs`, which the server starts.
JOBS_IN_BACKGROUND = True

# Log

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_tokens": {"()": "ctg.web.logs.HideTokens"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["hide_tokens"]},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # handler500 logs each failure once, with its incident number; missing pages are not news.
        "django.request": {"level": "CRITICAL"},
        # Each step of each page of each document is not news either.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
