"""Facts as the one text that is hashed and kept."""

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import Any


def canonical_json(facts: Any) -> str:
    """The same text for the same facts: keys in order, no space, letters as they are, finite numbers only."""
    plain = asdict(facts) if is_dataclass(facts) and not isinstance(facts, type) else facts
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
