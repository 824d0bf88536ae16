"""What a cell says: of the boxes of a form those that are ticked, and nothing where a dash fills it in."""

import re

_EMPTY = r"[☐□◻▢❏❑⬜]|\[[ \u00a0_]?\]"
_TICKED = r"[☑☒■◼✅✓✔✗✘🗹]|\[[xXvV]\]"
_NOTHING = re.compile(r"^\W*[-–—/\\_.…]+\W*$|^(?:néant|sans objet|n/a)\W*$", re.IGNORECASE)
_BOX = re.compile(rf"(?P<empty>{_EMPTY})|(?P<ticked>{_TICKED})")


def spoken(text: str) -> str:
    """« ☒ En cours ☐ Terminée » says « En cours »; « / » says nothing; any other text comes back as it is."""
    if _NOTHING.match(text):
        return ""
    boxes = list(_BOX.finditer(text))
    if not any(box["empty"] for box in boxes):
        return text
    before = text[: boxes[0].start()].strip()
    is_first = not before or before.endswith(":")
    edges = [box.end() for box in boxes] if is_first else [0, *(box.end() for box in boxes)]
    ends = [*(box.start() for box in boxes[1:]), len(text)] if is_first else [box.start() for box in boxes]
    choices = [text[start:end].strip(" \n\t\u00a0;,/|") for start, end in zip(edges, ends, strict=False)]
    chosen = [choice for box, choice in zip(boxes, choices, strict=False) if box["ticked"] and choice]
    words = ", ".join(chosen)
    return f"{before} {words}".strip() if is_first and words else words
