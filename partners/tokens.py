"""Secret links that a copy of the database does not open.

A link keeps a random `seed`; its token follows from the seed and the secret key of the installation, so a
mail can be written again with the same link, and the table alone is of no use. What a visitor brings is
looked up by its digest.
"""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac


def fresh_seed() -> str:
    return secrets.token_urlsafe(24)


def token_of(seed: str) -> str:
    """The token of a link: 43 characters, 256 bits."""
    digest = salted_hmac("partners.tokens", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
