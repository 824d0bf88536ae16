"""What a territory may begin its plan with, as `fixtures/template-caf.toml` says it."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings

from actions.models import BodyKind
from ctg.documents.shapes import read_shape
from indicators.models import Kind


@dataclass(frozen=True)
class TemplateBody:
    kind: BodyKind
    name: str
    mission: str = ""


@dataclass(frozen=True)
class TemplateIndicator:
    """A usual indicator, as much of its definition as holds for every territory."""

    wording: str
    kind: Kind = Kind.COUNT
    unit: str = ""
    guidance: str = ""
    exclusions: str = ""
    numerator_label: str = ""
    denominator_label: str = ""


@dataclass(frozen=True)
class TemplateTheme:
    title: str
    objectives: tuple[str, ...] = ()
    indicators: tuple[TemplateIndicator, ...] = ()


@dataclass(frozen=True)
class PlanTemplate:
    themes: tuple[TemplateTheme, ...]
    bodies: tuple[TemplateBody, ...] = ()

    @property
    def indicators(self) -> list[TemplateIndicator]:
        return [indicator for theme in self.themes for indicator in theme.indicators]

    def keeping(self, themes: Collection[str], indicators: Collection[str]) -> "PlanTemplate":
        """As much of it as was ticked, named by titles and wordings; an indicator goes with its theme."""
        kept = [
            replace(theme, indicators=tuple(one for one in theme.indicators if one.wording in indicators))
            for theme in self.themes
            if theme.title in themes
        ]
        return replace(self, themes=tuple(kept))


@cache
def read_template() -> PlanTemplate:
    path = settings.BASE_DIR / "fixtures" / "template-caf.toml"
    return read_shape(PlanTemplate, tomllib.loads(path.read_text(encoding="utf-8")))


def objectives_of(themes: Sequence[TemplateTheme]) -> list[str]:
    """Those of all the themes, once each: an objective may come back under several."""
    return list(dict.fromkeys(objective for theme in themes for objective in theme.objectives))
