"""Mails as files, where there is no server: a mail sent again under the same Message-ID is one file."""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Write each mail whole or not at all into `EMAIL_FILE_PATH`, as mail programs read them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            message = mail.message()
            name = re.sub(r"[^\w.@-]", "", str(message["Message-ID"]))
            _write(folder, f"{name}.eml", message.as_bytes())
        return len(email_messages)


def _write(folder: Path, name: str, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=folder, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, folder / name)
