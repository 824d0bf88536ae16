"""Packed cells, cut as the fixtures were cut by hand, and as people pack them elsewhere."""

import datetime as dt

import pytest

from actions.models import FactorKind
from actions.models.action import Part
from actions.models.status import Status
from ctg.intake.content import ReadAction
from ctg.intake.content.splitting import (
    KnownOrganisation,
    read_calendar,
    read_priority,
    read_progress,
    read_status,
    share_parts,
    split_factors,
    split_indicators,
    split_organisations,
    without_amounts,
)
from ctg.intake.previewing.packed import split
from indicators.models import Kind, Nature

from .corpus.sources import THEMATIC

KNOWN = [
    KnownOrganisation(one["name"], one["kind"], tuple(one["aliases"])) for one in THEMATIC["organisations"]
]


@pytest.mark.parametrize("action", THEMATIC["actions"], ids=lambda action: action["number"])
def test_the_cells_of_the_thematic_plan_are_cut_as_by_hand(action):
    indicators = [
        *split_indicators(action["quantitative_text"], Nature.QUANTITATIVE),
        *split_indicators(action["qualitative_text"], Nature.QUALITATIVE),
    ]
    assert [{"wording": one.wording, "nature": one.nature} for one in indicators] == action["indicators"]
    assert [one.text for one in split_factors(action["factors_text"])] == action["factors"]
    parts = share_parts(action["partners_text"], KNOWN)
    for name, part in (("leads", Part.LEAD), ("co_leads", Part.CO_LEAD), ("partners", Part.PARTNER)):
        assert [one.organisation.name for one in parts if one.part == part] == action[name]


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        ("Nombre de veille/an Nombre d'aides/ usagers", ["Nombre de veille/an", "Nombre d'aides/ usagers"]),
        ("nombre d’ateliers, nombre de participants", ["nombre d’ateliers", "nombre de participants"]),
        (
            "• Nombre de visites\n• Taux de retour ;\n• Profil des usagers",
            ["Nombre de visites", "Taux de retour", "Profil des usagers"],
        ),
        ("Nombre d’ateliers (parents ; enfants)", ["Nombre d’ateliers (parents ; enfants)"]),
        ("Nombre de familles\nayant participé", ["Nombre de familles ayant participé"]),
        ("Prise de rendez-vous", ["Prise de rendez-vous"]),
        ("Nombre de prêts / km parcourus", ["Nombre de prêts", "km parcourus"]),
        ("Nombre de filles / garçons", ["Nombre de filles / garçons"]),
        ("Nombre de visites / par an", ["Nombre de visites / par an"]),
        ("", []),
    ],
)
def test_indicators_are_cut_where_one_ends(text, wordings):
    assert [one.wording for one in split_indicators(text)] == wordings


def test_a_cell_may_say_the_nature_of_its_indicators():
    found = split_indicators("Quantitatifs : Nombre de visites\nQualitatifs :\n- Satisfaction des familles")
    assert [(one.wording, one.nature, one.kind) for one in found] == [
        ("Nombre de visites", Nature.QUANTITATIVE, Kind.COUNT),
        ("Satisfaction des familles", Nature.QUALITATIVE, Kind.SCALE),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CAF CMJ Education Nationale Associations", ["CAF", "CMJ", "Education Nationale", "Associations"]),
        ("Communes et CCAS", ["Communes", "CCAS"]),
        ("Service Enfance et Jeunesse", ["Service Enfance et Jeunesse"]),
        ("Caf / MSA / Département", ["Caf", "MSA", "Département"]),
        ("Associations (sport, culture), écoles", ["Associations (sport, culture)", "Écoles"]),
        ("CCAS, CCAS", ["CCAS"]),
        ("parents élus, lycée professionnel", ["Parents élus", "Lycée professionnel"]),
        ("écoles collèges", ["Écoles", "Collèges"]),
        ("DGA Famille", ["DGA Famille"]),
        ("IRTS, lycée professionnel", ["IRTS", "Lycée professionnel"]),
        ("Université, collèges REP+", ["Université", "Collèges REP+"]),
        ("Caf + MSA", ["Caf", "MSA"]),
        ("À définir", []),
        ("professionnels de l'enfance, de la famille", ["Professionnels de l'enfance, de la famille"]),
    ],
)
def test_organisations_are_cut_without_breaking_names(text, names):
    assert [one.name for one in split_organisations(text)] == names


def test_an_alias_brings_the_known_organisation():
    known = [KnownOrganisation("Caf des Yvelines", "caf", ("CAFY",))]
    (found,) = split_organisations("CAFY", known)
    assert (found.text, found.name, found.is_known) == ("CAFY", "Caf des Yvelines", True)


def test_a_cell_may_say_who_leads():
    joining = share_parts("Caf, Mairie de Brax, PMI", is_led=True)
    assert {one.part for one in joining} == {Part.PARTNER}
    parts = share_parts("Pilote : Mairie\nPartenaires : Caf, CCAS")
    assert [(one.organisation.name, one.part) for one in parts] == [
        ("Mairie", Part.LEAD),
        ("Caf", Part.PARTNER),
        ("CCAS", Part.PARTNER),
    ]


def test_freins_and_leviers_keep_their_sort():
    found = split_factors("Frein : peu de locaux - peu de temps\nLeviers :\n- équipe motivée")
    assert [(one.text, one.kind) for one in found] == [
        ("peu de locaux", FactorKind.BRAKE),
        ("peu de temps", FactorKind.BRAKE),
        ("équipe motivée", FactorKind.LEVER),
    ]
    assert split_factors("Partenaires dynamiques")[0].kind is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("En cours", Status.ONGOING),
        ("🟠 en_cours", Status.ONGOING),
        ("Fait", Status.DONE),
        ("Terminé", Status.DONE),
        ("réalisée", Status.DONE),
        ("Non démarré", Status.PLANNED),
        ("pas encore commencé", Status.PLANNED),
        ("À faire", Status.PLANNED),
        ("Réalisé partiellement", Status.ONGOING),
        ("Reporté à 2027", Status.POSTPONED),
        ("Abandonnée", Status.ABANDONED),
        ("En pause", Status.SUSPENDED),
        ("100 %", Status.DONE),
        ("0.5", Status.ONGOING),
        ("à voir avec le maire", None),
        ("", None),
    ],
)
def test_statuses_by_their_usual_wordings(text, status):
    assert read_status(text) == status


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("1", 1),
        ("P1", 1),
        ("Priorité 2", 2),
        ("3.0", 3),
        ("Haute", 1),
        ("moyenne", 2),
        ("faible", 3),
        ("**", 2),
    ]
    + [("0", None), ("12", None), ("à définir", None)],
)
def test_priorities_by_their_usual_wordings(text, priority):
    assert read_priority(text) == priority


def test_a_share_of_work_done_is_one_only_with_its_sign():
    assert [read_progress(text) for text in ("50 %", "0.25", "75,5%", "50", "150 %")] == [
        50,
        25,
        75,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "first_and_last"),
    [
        ("01/01/2026", (dt.date(2026, 1, 1), dt.date(2026, 1, 1))),
        ("2025 à 2026\n2026 : Étude", (dt.date(2025, 1, 1), dt.date(2026, 12, 31))),
        ("T4 2025 à T1 2026", (dt.date(2025, 10, 1), dt.date(2026, 3, 31))),
        ("2026, 2028", (dt.date(2026, 1, 1), dt.date(2028, 12, 31))),
        ("jusqu’à 2027", (None, dt.date(2027, 12, 31))),
        ("15/01/2026 à 30/06/2026", (dt.date(2026, 1, 15), dt.date(2026, 6, 30))),
    ],
)
def test_the_calendars_that_a_layout_makes_are_understood(text, first_and_last):
    period = read_calendar(text)
    assert (period.starts_on, period.ends_on) == first_and_last


def test_a_calendar_that_says_nothing_is_none():
    assert read_calendar("à définir avec la Caf") is None


@pytest.mark.parametrize(
    ("text", "names"),
    {
        "Caf 120 000 € ; DSIL : 80 k€": ["Caf", "DSIL"],
        "Communes (1 500 €), MSA (20 %)": ["Communes", "MSA"],
        "Fonds 2000, Région": ["Fonds 2000", "Région"],
        "Caf (PS jeunes), CC": ["Caf (PS jeunes)", "CC"],
        "12 000 euros": [],
    }.items(),
)
def test_amounts_are_no_part_of_the_names_of_funders(text, names):
    assert [one.name for one in split_organisations(without_amounts(text))] == names


def test_a_funder_is_proposed_without_what_it_gives():
    parts = split(ReadAction(title="Créer un relais", funders_text="Caf 1 200 € ; MSA"), []).parts
    assert [(one.organisation.name, one.part) for one in parts] == [
        ("Caf", Part.FUNDER),
        ("MSA", Part.FUNDER),
    ]
