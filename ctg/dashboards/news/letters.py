"""The two letters: what is new today, and the week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from partners.models import Territory

from .awaiting import awaiting
from .blocks import Block, lay_out
from .gathering import gather
from .items import News, Weight
from .readers import Reader
from .week import week_of
from .wording import counted, whole

NEW = "Ce qui a changé pour vous"

#: How much is told about one thing; the rest is counted.
MOST = 8

#: What the digest tells among what awaits her already.
AWAITED = (Weight.DUE, Weight.RECEIVED)


@dataclass(frozen=True)
class Text:
    """A letter before it is addressed."""

    subject: str
    body: str
    territory: Territory | None


def news_letter(reader: Reader) -> Text | None:
    """What others did to what she leads or must enter; None when there is nothing."""
    news = gather(reader)
    if not news:
        return None
    return _text(reader, _sum_up(news), "Voici ce qui est nouveau pour vous", _grouped(reader, news))


def digest_letter(reader: Reader) -> Text | None:
    """What awaits her, what others did to what she follows, and the plan in figures; None for a calm week."""
    changed = [news for news in gather(reader) if news.weight not in AWAITED]
    blocks = [*awaiting(reader), *_grouped(reader, changed, part=NEW), *week_of(reader)]
    return _text(reader, "Votre semaine", "Voici le résumé de la semaine", blocks) if blocks else None


def _text(reader: Reader, subject: str, opening: str, blocks: Iterable[Block]) -> Text:
    territories = {plan.territory for plan in reader.plans.values()}
    territory = territories.pop() if len(territories) == 1 else None
    where = f", {territory.name}" if territory else ""
    context = {
        "name": str(reader.user),
        "opening": f"{opening} dans le plan CTG{where}." if territory else f"{opening} dans vos plans CTG.",
        "lines": lay_out(blocks),
        "choices": whole(reverse("partners:mail_choice_edit")),
    }
    body = render_to_string("dashboards/mails/letter.txt", context)
    return Text(f"Plan CTG – {subject}"[:200], body, territory)


def _sum_up(news: list[News]) -> str:
    """« 3 nouvelles pour vous », or what the only one is about."""
    return f"{counted(len(news), 'nouvelle')} pour vous" if len(news) > 1 else news[0].about


def _grouped(reader: Reader, news: Iterable[News], part: str = "") -> Iterator[Block]:
    """What is told about one thing stands together, where the most important of it does."""
    things: dict[tuple[int, str], list[News]] = {}
    for one in news:
        things.setdefault((one.plan_id, one.about), []).append(one)
    for (plan_id, about), told in things.items():
        where = f"{reader.plans[plan_id].territory.label} – " if len(reader.plans) > 1 else ""
        texts = [f"- {one.text}" for one in told[:MOST]]
        if len(told) > MOST:
            texts.append(f"- et {counted(len(told) - MOST, 'autre')}")
        # The pages in the order in which they are spoken of, each once.
        addresses = [f"  {whole(url)}" for url in dict.fromkeys(one.url for one in told)]
        yield Block(["", f"{where}{about}", *texts, *addresses], part, len(told))
