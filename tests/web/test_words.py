import pytest

from ctg.web.words import in_plural, in_singular, to_whom


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Ambition", "Ambitions"),
        ("Besoin repéré", "Besoins repérés"),
        ("Enjeu", "Enjeux"),
        ("Axe de travail", "Axes de travail"),
        ("Objectif d’action", "Objectifs d’action"),
        ("Choix", "Choix"),
        ("Objectif opérationnel", "Objectifs opérationnels"),
        ("Défi social", "Défis sociaux"),
        ("", ""),
    ],
)
def test_the_name_of_a_level_has_a_plural(one, many):
    assert in_plural(one) == many


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("CCAS de Maule", "au CCAS de Maule"),
        ("Service Jeunesse", "au Service Jeunesse"),
        ("Caf des Yvelines", "à la Caf des Yvelines"),
        ("Médiathèque", "à la Médiathèque"),
        ("Association Les Amis", "à l’Association Les Amis"),
        ("École Pasteur", "à l’École Pasteur"),
        ("Rivemont", "à Rivemont"),
        ("", "à "),
    ],
)
def test_what_is_asked_is_asked_of_somebody(name, phrase):
    assert to_whom(name) == phrase


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("réunions", "réunion"),
        ("jours", "jour"),
        ("réunions publiques de parents", "réunion publique de parents"),
        ("temps d’information", "temps d’information"),
        ("rendez-vous", "rendez-vous"),
        ("avis", "avis"),
        ("parcours", "parcours"),
        ("accès", "accès"),
        ("€", "€"),
        ("", ""),
    ],
)
def test_the_unit_of_one_thing_is_singular(many, one):
    assert in_singular(many) == one
