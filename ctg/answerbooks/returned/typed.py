"""The cells of one question as its page would have received them, over what they held when written."""

from collections.abc import Mapping
from typing import Any

from ctg.answerbooks.lines import ABSENCE_WORDS, BESIDE, DONE_WORDS, Shape, fields_of, shape_of
from ctg.web.forms import read_date
from ctg.web.numbers import read_number
from ctg.web.text import clean, fold
from indicators.forms.answers import AnswerForm

Texts = dict[str, str]

_CODES = {
    "done": {fold(word): code for code, word in DONE_WORDS.items()} | {"oui": "1", "non": "0"},
    "absence": {fold(word): code for code, word in ABSENCE_WORDS.items()},
}
_ACCEPTED = {"done": DONE_WORDS, "absence": ABSENCE_WORDS}


def texts_of(answer: Mapping[str, Any], form: AnswerForm) -> Texts:
    """An answer, as the history holds it, in the fields of its page."""
    portions = {f"{first}-{second or 0}": pair for first, second, *pair in answer["portions"]}
    texts = {}
    for name in (*fields_of(form), *BESIDE):
        part, _, pair = name.partition("-")
        if pair:
            value = portions.get(pair, [None, None])[part == "base"]
        else:
            value = answer["amount" if name == "done" else name]
        texts[name] = "" if value is None else str(value)
    return texts


def read_cell(name: str, text: str, form: AnswerForm) -> tuple[str, str]:
    """What a cell says for a field, and why it cannot be: one of them is empty."""
    if name in _CODES:
        code = _CODES[name].get(fold(text))
        accepted = ", ".join(f"«\u00a0{word}\u00a0»" for word in _ACCEPTED[name].values())
        return (code, "") if code is not None else ("", f"Choisissez parmi {accepted}.")
    if name not in BESIDE and shape_of(name, form.fields[name]) is Shape.DATE:
        day = read_date(text)
        return (day.isoformat() if day else text), ""
    return text, ""


def is_touched(name: str, typed: str, was: str, form: AnswerForm) -> bool:
    """Whether a cell says something else than what was written there."""
    if clean(typed).strip() == clean(was).strip():
        return False
    first, second = read_number(typed), read_number(was)
    is_number = name not in BESIDE and shape_of(name, form.fields[name]) is Shape.NUMBER
    return not is_number or first is None or first != second


def data_of(form: AnswerForm, texts: Texts) -> dict[str, str]:
    """What a browser would send."""
    data = {form.add_prefix(name): text for name, text in texts.items()}
    return data | ({form.add_prefix("is_absent"): "on"} if texts["absence"] else {})
