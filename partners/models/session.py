import datetime as dt
import hashlib
from typing import Self

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from .user import User

# In this order: Edge and Opera also say Chrome, and Chrome says Safari.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


class SessionQuerySet(models.QuerySet["Session"]):
    def held_by(self, user: User) -> Self:
        """The sessions of one person that still open something."""
        now = timezone.now()
        return self.filter(user=user, expire_date__gt=now, opened_at__gt=now - Session.LONGEST)


class Session(AbstractBaseSession):
    """A signed-in browser: it can be listed and closed, and ends on its own."""

    LONGEST = dt.timedelta(hours=12)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions", null=True)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now)
    seen_at = models.DateTimeField("vue le", default=timezone.now)
    agent = models.CharField("navigateur", max_length=300, blank=True)

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        verbose_name = "session"
        ordering = ["-seen_at"]

    @classmethod
    def get_session_store_class(cls) -> type:
        from partners.sessions import SessionStore

        return SessionStore

    @property
    def handle(self) -> str:
        """Name the session in an address, where its key must never appear."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]

    @property
    def browser(self) -> str:
        """« Firefox sur Windows », as far as the browser says."""
        browser = next((name for sign, name in BROWSERS.items() if sign in self.agent), "Navigateur inconnu")
        system = next((name for sign, name in SYSTEMS.items() if sign in self.agent), "")
        return f"{browser} sur {system}" if system else browser
