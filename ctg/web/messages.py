from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class PrefixedCookieStorage(CookieStorage):
    """Messages in a signed cookie named like the others, `__Host-` included."""

    cookie_name = settings.SESSION_COOKIE_NAME.replace("session", "messages")


class MessageStorage(FallbackStorage):
    """A message costs no write to the database; a long one goes to the session, so none is lost."""

    storage_classes = (PrefixedCookieStorage, SessionStorage)
