import logging
import re


class HideTokens(logging.Filter):
    """Blank what an address may carry of a secret: a reset key, an invitation, a query string."""

    secrets = re.compile(r"(?<=/)[\w.~:-]{24,}|(?<=\?)\S+")

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.secrets.sub("…", record.getMessage()), None
        return True
