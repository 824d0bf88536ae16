"""The fixtures quote the two source documents: nothing lost, nothing added, nothing corrected."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from ctg.web.outline import Kind, parse, plain, tidy
from tests import seeds

FIXTURES = Path(__file__).parents[2] / "fixtures"
KINDS = {
    *("epci", "service", "commune", "ccas", "caf", "msa", "departement", "etat", "education", "sante"),
    *("association", "autre", "generique"),
}
OUTLINES = ("content", "methods", "effects")


def read(name):
    return tomllib.loads((FIXTURES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def strategic():
    return read("territoire-de-demonstration.toml")


@pytest.fixture(scope="module")
def thematic():
    return read("gally-mauldre.toml")


def words(text):
    """Signs of bullets count as words, so that a bullet cannot change level; emphasis does not."""
    return text.replace("**", "").split()


def strategic_row(plan, action):
    ambition = plan["ambitions"][action["ambition"] - 1]
    orientation = ambition["orientations"][action["orientation"] - 1] if "orientation" in action else ""
    text = [
        f"Action {action['number']} : {action['title']}",
        f"{action['purpose_label']} : {action['purpose']}",
    ]
    for name in OUTLINES:
        if name in action:
            text += [f"{action[f'{name}_label']} :", plain(action[name])]
    return [
        "\n".join([ambition["title"], *ambition["impacts"]]),
        orientation,
        "\n".join(text),
        str(action["priority"]),
    ]


def thematic_row(plan, action):
    return [
        plan["needs"][action["need"] - 1]["title"],
        plan["objectives"][action["objective"] - 1]["title"],
        action["title"],
        action["factors_text"],
        action["partners_text"],
        action["quantitative_text"],
        action["qualitative_text"],
        action["calendar_text"],
    ]


def test_the_strategic_plan_has_every_word_of_its_source_in_order(strategic):
    rebuilt = [[words(cell) for cell in strategic_row(strategic, action)] for action in strategic["actions"]]
    assert rebuilt == [[words(cell) for cell in row] for row in seeds.strategic_rows_as_read()]


def test_the_strategic_plan_has_the_shape_of_its_source(strategic):
    assert [len(ambition["impacts"]) for ambition in strategic["ambitions"]] == [3, 5, 2, 3]
    assert [len(ambition["orientations"]) for ambition in strategic["ambitions"]] == [2, 4, 2, 3]
    actions = strategic["actions"]
    assert [action["number"] for action in actions] == list(range(1, 18))
    assert [action["priority"] for action in actions] == [2, 2, 2, 2, 1, 2, 2, 1, 3, 3, 1, 3, 3, 1, 2, 1, 1]
    assert [action["number"] for action in actions if "orientation" not in action] == [14]


def test_impacts_are_the_lines_of_the_source(strategic):
    cells = dict.fromkeys(row[seeds.AMBITION] for row in seeds.strategic_rows_as_read())
    assert [[ambition["title"], *ambition["impacts"]] for ambition in strategic["ambitions"]] == [
        cell.replace("**", "").split("\n") for cell in cells
    ]


def test_emphasis_inside_the_bullets_is_kept(strategic):
    cells = [row[seeds.ACTION].split("\n") for row in seeds.strategic_rows()]
    expected = [
        bold
        for cell in cells
        for line in cell
        if line[0] in "•○"
        for bold in re.findall(r"\*\*(.*?)\*\*", line)
    ]
    texts = [action[name] for action in strategic["actions"] for name in OUTLINES if name in action]
    assert len(expected) == 6
    assert [run.text for text in texts for line in parse(text) for run in line.runs if run.bold] == expected


def test_outlines_are_canonical(strategic):
    for action in strategic["actions"]:
        assert all(tidy(action[name]) == action[name] for name in OUTLINES if name in action)


def test_text_after_the_bullets_belongs_to_the_bullet_or_follows_the_list(strategic):
    odd = {
        (action["number"], line.kind, line.text)
        for action in strategic["actions"]
        for name in OUTLINES
        for line in parse(action.get(name, ""))
        if line.kind not in (Kind.BULLET, Kind.SUBBULLET)
    }
    assert odd == {
        (8, Kind.PARAGRAPH, "plus proches des familles."),
        (9, Kind.CONTINUATION, "en lien avec les réalités vécues par les habitants ;"),
    }


def test_the_thematic_plan_equals_its_source_cell_by_cell(thematic):
    rebuilt = []
    for number, theme in enumerate(thematic["themes"], start=1):
        rebuilt.append([theme["title"], *[""] * 7])
        rebuilt += [
            thematic_row(thematic, action) for action in thematic["actions"] if action["theme"] == number
        ]
    assert rebuilt == seeds.thematic_rows()[seeds.HEADER :]


def test_the_thematic_plan_is_headed_as_its_source(thematic):
    plan = thematic["plan"]
    assert [plan["heading"], plan["dated_text"]] == seeds.thematic_heading()
    assert f"Le {plan['dated_on']:%d/%m/%Y}" == plan["dated_text"]
    assert plan["heading"].endswith(f"{plan['first_year']}-{plan['last_year']}")


def test_the_thematic_plan_has_the_shape_of_its_source(thematic):
    per_theme = Counter(action["theme"] for action in thematic["actions"])
    assert [per_theme[number] for number in range(1, 10)] == [0, 2, 1, 3, 6, 5, 1, 0, 1]
    assert len(thematic["themes"]) == 9
    assert [action["number"] for action in thematic["actions"]] == list(range(1, 20))
    assert sum(not action["factors_text"] for action in thematic["actions"]) == 3
    assert sum(action["calendar_text"] == "2025" for action in thematic["actions"]) == 6


@pytest.mark.parametrize(
    ("heading", "name", "count"), [("needs", "need", 9), ("objectives", "objective", 10)]
)
def test_needs_and_objectives_come_in_order_of_first_appearance(thematic, heading, name, count):
    assert list(dict.fromkeys(action[name] for action in thematic["actions"])) == list(range(1, count + 1))
    assert len({entry["title"] for entry in thematic[heading]}) == len(thematic[heading]) == count


def test_only_separators_are_left_of_a_cell_once_split(thematic):
    for action in thematic["actions"]:
        by_nature = {"quantitative": [], "qualitative": []}
        for indicator in action["indicators"]:
            by_nature[indicator["nature"]].append(indicator["wording"])
        cells = [(action["factors_text"], action["factors"])]
        cells += [(action[f"{nature}_text"], wordings) for nature, wordings in by_nature.items()]
        for text, pieces in cells:
            assert re.fullmatch(r"\s*-?\s*".join(map(re.escape, pieces)), text), (text, pieces)
            assert not any(" - " in piece for piece in pieces)


def test_a_cell_without_separator_holds_two_indicators(thematic):
    wordings = [indicator["wording"] for indicator in thematic["actions"][3]["indicators"]]
    assert wordings == ["Nombre de veille/an", "Nombre d'aides/ usagers", "Satisfaction des usagers"]


def test_every_name_of_a_partners_cell_is_linked_once_in_order(thematic):
    spellings = {
        spelling: organisation["name"]
        for organisation in thematic["organisations"]
        for spelling in [organisation["name"], *organisation["aliases"]]
    }
    longest_first = sorted(spellings, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    used = set()
    for action in thematic["actions"]:
        found = pattern.findall(action["partners_text"])
        used.update(found)
        assert set(pattern.sub("", action["partners_text"]).split()) <= {"-", ",", "et"}
        assert [spellings[name] for name in found] == [
            *action["leads"],
            *action["co_leads"],
            *action["partners"],
        ]
    assert {spellings[name] for name in used} == set(spellings.values())
    assert used >= {alias for organisation in thematic["organisations"] for alias in organisation["aliases"]}


def test_the_intercommunality_and_its_departments_carry_the_actions(thematic):
    kinds = {organisation["name"]: organisation["kind"] for organisation in thematic["organisations"]}
    for action in thematic["actions"]:
        assert len(action["leads"]) == 1
        assert {kinds[name] for name in action["leads"] + action["co_leads"]} <= {"epci", "service"}
        assert not {kinds[name] for name in action["partners"]} & {"epci", "service"}


def test_organisations_have_a_known_kind_and_generic_ones_say_so(thematic):
    for organisation in thematic["organisations"]:
        assert organisation["kind"] in KINDS
        assert organisation["generic"] == (organisation["kind"] == "generique")
