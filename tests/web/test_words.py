import pytest

from ctg.web.words import in_plural


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
