"""Facts of reviews made by hand: a usual year, a year without anything, a hostile one, a large plan."""

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from itertools import cycle

from ctg.reviews.facts.shapes import (
    ActionFact,
    ChangeFact,
    Changes,
    Counts,
    DecisionFact,
    Finding,
    HighlightFact,
    Identity,
    IndicatorFact,
    IndicatorSummary,
    MeetingFact,
    MilestoneFact,
    Note,
    Progress,
    ReviewFacts,
    RoadStep,
    Tally,
    Texts,
)
from ctg.reviews.keeping.seal import Seal

YEAR = 2026
STATUSES = {
    "planned": "à venir",
    "ongoing": "en cours",
    "done": "réalisée",
    "postponed": "reportée",
    "suspended": "suspendue",
    "abandoned": "abandonnée",
}
CONFIDENCES = {"fine": "sereine", "watch": "à surveiller", "hard": "en difficulté", "": "sans avis"}
SEAL = Seal(7, dt.date(2026, 12, 15), "Comité de pilotage, le 11 décembre 2026", "0123456789abcdef" * 4)


def counts_of(title, actions):
    """Every status, those at zero included."""
    return Counts(
        title,
        len(actions),
        tuple(Tally(c, w, sum(a.status == c for a in actions)) for c, w in STATUSES.items()),
        tuple(Tally(c, w, sum(a.confidence == c for a in actions)) for c, w in CONFIDENCES.items()),
        sum(bool(action.lateness) for action in actions),
    )


def progress_of(actions):
    def by(name):
        titles = dict.fromkeys(getattr(action, name) for action in actions)
        return tuple(counts_of(t, [a for a in actions if getattr(a, name) == t]) for t in titles if t)

    whole = counts_of("Tout le plan", actions)
    said = ", ".join(f"{one.count} {one.words}" for one in whole.statuses if one.count)
    sentence = f"{whole.total} actions\u00a0: {said}\u00a0; {whole.late} en retard." if actions else ""
    return Progress(whole, by("ambition"), by("theme"), sentence or "Le plan ne compte encore aucune action.")


def action_of(number, **words):
    known = {
        "title": f"Aller vers les familles du secteur {number}",
        "ambition": f"Soutenir les parents {1 + number % 3}",
        "orientation": "Informer au plus près",
        "theme": "Parentalité",
        "status": "ongoing",
        "confidence": "watch",
        "progress": 30 + number % 60,
        "lateness": "",
        "reason": "",
        "calendar": "2025 à 2028",
        "leads": ("Service Petite enfance",),
        "partners": ("Caf des Yvelines", "CCAS de Maule"),
        "audiences": "Parents d’enfants de moins de 6 ans",
        "achieved": "",
        "notes": (Note("2026-03-14", "Paul Martin, Service Petite enfance", "Trois ateliers tenus."),),
        "milestones": (MilestoneFact("Ouverture du lieu", "2026-09-01", "2026-09-03", "CCAS de Maule"),),
        "brakes": ("Peu de locaux",),
        "levers": ("Une équipe engagée",),
        "factors": (),
        "difficulties": "",
        "outlook": "Ouvrir un second lieu.",
    } | words
    words = {"status_words": STATUSES[known["status"]]}
    words["confidence_words"] = CONFIDENCES[known["confidence"]]
    return ActionFact(number=number, **known | words)


def indicator_of(rank, **words):
    known = {
        "wording": f"Nombre de familles accueillies, lieu {rank}",
        "kind_words": "Nombre",
        "unit": "familles",
        "is_key": rank <= 12,
        "actions": (1, 2),
        "value": f"{1000 + rank} familles".replace("1", "1\u202f", 1),
        "number": f"{1000 + rank}.5",
        "target": "1\u202f200 familles",
        "comparison": f"{rank} de moins que la cible",
        "trend": f"en hausse de {rank}",
        "contents": "3 porteurs sur 5\u00a0; il manque CCAS et Mission locale",
        "is_complete": False,
        "is_reached": rank % 2 == 0,
        "has_target": True,
        "findings": (),
    } | words
    if "number" not in words:
        known["value"] = f"1\u202f{rank:03},5 familles"
    return IndicatorFact(**known)


def change_of(number, **words):
    known = {
        "kind": "status",
        "words": "Statut",
        "title": f"Aller vers les familles du secteur {number}",
        "before": "en cours",
        "after": "reportée",
        "on": "2026-06-18",
        "reason": "Le poste n’est pas pourvu.",
        "decided_by": "COPIL du 18 juin 2026",
    } | words
    return ChangeFact(number=number, **known)


def changes_of(*changes, since="2025-12-31", since_words="la fin de l’année 2025"):
    return Changes(since, since_words, "2026-11-22", changes, f"{len(changes)} changements depuis.")


IDENTITY = Identity(
    territory="Communauté de communes Gally Mauldre",
    territory_label="Gally Mauldre",
    plan="Convention territoriale globale 2025-2029",
    years="2025 à 2029",
    dated="Plan d’action daté du 24 novembre 2025",
    signatories=("Communauté de communes", "Caf des Yvelines", "MSA Île-de-France"),
    year=YEAR,
    data_on="2026-11-22",
    ambition_label="Ambition",
    orientation_label="Orientation",
    theme_label="Thématique",
)
NO_TEXTS = Texts(**{field.name: "" for field in fields(Texts)})
TEXTS = Texts(
    opening="L’année 2026 a vu **la première maison des familles** ouvrir.\n• à Maule\n• à Feucherolles",
    progress="Le plan avance au rythme prévu.",
    findings="Les familles viennent de plus loin qu’espéré.",
    difficulties="Recruter reste difficile partout.",
    governance="Le comité de pilotage s’est réuni deux fois.",
    participation="Quarante habitants ont participé à trois ateliers.",
    changes="Le plan a été resserré.",
    outlook="2027 sera l’année des jeunes.",
)


def sample():
    """A usual year: something of everything."""
    actions = (
        action_of(1, achieved="Le lieu a ouvert\u00a0:\n• en septembre\n• à Maule", progress=80),
        action_of(2, status="done", confidence="fine", progress=100, theme="Petite enfance"),
        action_of(3, status="suspended", confidence="hard", reason="Poste vacant.", progress=None),
        action_of(4, status="planned", confidence="", lateness="En retard depuis juillet 2026", notes=()),
        action_of(5, difficulties="Les horaires ne conviennent pas.", factors=("Le transport",)),
    )
    indicators = (
        indicator_of(1),
        indicator_of(2, actions=(3,), is_complete=True),
        indicator_of(
            3,
            wording="Satisfaction des parents",
            kind_words="Constat",
            unit="",
            number="",
            value="2 constats",
            target="sans cible",
            comparison="",
            trend="",
            has_target=False,
            is_reached=None,
            findings=(Finding("CCAS de Maule", "On se sent écouté."), Finding("Caf", "Les pères viennent.")),
        ),
        indicator_of(13, actions=(), number="", value="pas encore", comparison="", trend="", contents=""),
    )
    return ReviewFacts(
        identity=IDENTITY,
        texts=TEXTS,
        highlights=(
            HighlightFact("La maison des familles a ouvert", "Deux cents familles en trois mois.", 1),
            HighlightFact("Un forum des jeunes", "Il a réuni 140 jeunes.", None),
        ),
        progress=progress_of(actions),
        actions=actions,
        indicator_summary=IndicatorSummary(4, 1, 2, 1, 3, 1, "En 2026, 1 indicateur sur 4 est complet."),
        indicators=indicators,
        meetings=(MeetingFact("2026-06-18", "COPIL", "comité de pilotage", 14, 6, 3),),
        decisions=(
            DecisionFact(
                *("Reporter l’action 3", "Reportée d’un an.", "taken", "Prise le 18 juin 2026"),
                *("2026-06-18", "COPIL du 18 juin 2026", "Service Jeunesse", "2026-12-31", "", (3, 5)),
            ),
            DecisionFact(
                *("Financer le poste de coordination", "", "pending", "À prendre"),
                *("", "", "Caf des Yvelines", "", "", ()),
            ),
        ),
        since_signature=changes_of(
            change_of(3), since="2025-11-24", since_words="la signature, le 24 novembre 2025"
        ),
        since_last_year=changes_of(change_of(3), change_of(4, kind="added", before="", reason="")),
        road_map=(
            RoadStep(4, "Aller vers les familles", "début de l’action", "mars 2027", "Service Jeunesse"),
            RoadStep(None, "Renouveler les instances", "décision à appliquer", "30 juin 2027", ""),
        ),
    )


def empty():
    """A plan of which nothing was said yet."""
    nobody = replace(IDENTITY, years="", dated="", signatories=())
    nothing = IndicatorSummary(0, 0, 0, 0, 0, 0, "Le plan ne suit encore aucun indicateur.")
    return ReviewFacts(
        *(nobody, NO_TEXTS, (), progress_of(()), (), nothing, (), (), ()), None, changes_of(), ()
    )


def large(count=200):
    """Everything many times over."""
    actions = tuple(
        action_of(
            number,
            title=f"Action numéro {number} dont le titre est aussi long que le sont ceux des plans signés",
            ambition=f"Ambition {number % 12} d’un territoire qui en compte beaucoup, et qui les dit toutes",
            lateness="En retard depuis juillet 2026" if number % 5 == 0 else "",
            status=list(STATUSES)[number % 6],
            reason="Faute de moyens." if number % 6 > 2 else "",
        )
        for number in range(1, count + 1)
    )
    return replace(
        sample(),
        actions=actions,
        progress=progress_of(actions),
        indicators=tuple(indicator_of(rank, actions=(rank,)) for rank in range(1, 41)),
        highlights=tuple(HighlightFact(f"Fait {n}", "Il a compté. " * 40, n) for n in range(1, 9)),
        meetings=sample().meetings * 12,
        decisions=sample().decisions * 15,
        since_last_year=changes_of(*map(change_of, range(1, 61))),
        road_map=tuple(RoadStep(n, f"Jalon {n}", "jalon", "mars 2027", "CCAS") for n in range(1, 61)),
    )


#: What chooses a colour, or is read as a day: no person types it.
WORDS_OF_OURS = {"status", "confidence", "code", "kind", "outcome", "number", "sha256"}
DAYS = {"on", "since", "until", "due_on", "reached_on", "decided_on", "done_on", "data_on"}


def filled_with(*texts):
    """The sample, each text that a person may have typed replaced by one of these, in turn."""
    return _filled(cycle(texts), sample())


def _filled(texts, thing):
    if isinstance(thing, str):
        return next(texts)
    if isinstance(thing, tuple):
        return tuple(_filled(texts, one) for one in thing)
    if not is_dataclass(thing):
        return thing
    names = [field.name for field in fields(thing) if field.name not in WORDS_OF_OURS | DAYS]
    return replace(thing, **{name: _filled(texts, getattr(thing, name)) for name in names})


def turns(texts, step=8):
    """The same texts, beginning with another one each time: more places get each of them."""
    return [(*texts[start:], *texts[:start]) for start in range(0, len(texts), step)]
