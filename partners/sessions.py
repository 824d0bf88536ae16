"""The session engine: database sessions that know whose they are, and end twelve hours after they opened."""

import datetime as dt
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

AGENT_KEY = "agent"


class SessionStore(DatabaseStore):
    row: Any = None  # The session as it was read, before anything of this request.

    @classmethod
    def get_model_class(cls) -> Any:
        from partners.models import Session

        return Session

    def was_seen_before(self, moment: dt.datetime) -> bool:
        return self.row is not None and self.row.seen_at < moment

    def renew_once(self) -> bool:
        """Change the key of the session; of two requests that do so at once, only one can."""
        if not self.model.objects.filter(session_key=self.session_key).delete()[0]:
            return False
        self.cycle_key()
        return True

    def _get_session_from_db(self) -> Any:
        session = super()._get_session_from_db()  # type: ignore[misc]
        if session and session.opened_at <= timezone.now() - session.LONGEST:
            session.delete()
            self._session_key = None
            return None
        self.row = session
        return session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.agent = data.get(AGENT_KEY, "")
        row.seen_at = timezone.now()
        if self.row and self._goes_on(row):
            row.opened_at = self.row.opened_at
        return row

    def _goes_on(self, row: Any) -> bool:
        """Tell a session that is kept, or changes its key with the password, from one that opens."""
        if row.user_id:
            return bool(row.user_id == self.row.user_id)
        return bool(row.session_key == self.row.session_key)
