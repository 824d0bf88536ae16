"""Texts of a sheet that come back from cells, which hold no bold marks, nor always the blank lines."""

from collections.abc import Iterator

from ctg.web.outline import parse, plain, tidy

from .alignment import align


def restore(text: str, standing: str, *, had_blank_lines: bool) -> str:
    """Write the text anew in canonical form, what is bold in the standing text bold again.

    Its blank lines come back too where the workbook had none.
    """
    lines = list(zip(tidy(standing).split("\n"), plain(standing).split("\n"), strict=True))
    if had_blank_lines:
        old = [(line, shown, False) for line, shown in lines]
    else:
        befores = ["", *(line for line, _ in lines)]
        old = [
            (line, shown, rank > 0 and not before)
            for rank, ((line, shown), before) in enumerate(zip(lines, befores, strict=False))
            if line
        ]
    return tidy("\n".join(_lines(old, tidy(text).split("\n"))))


def _lines(old: list[tuple[str, str, bool]], new: list[str]) -> Iterator[str]:
    for step in align([shown for _, shown, _ in old], new):
        are_pairs = step.b - step.a == step.d - step.c
        for rank, line in enumerate(new[step.c : step.d], step.a):
            if not are_pairs:
                yield line
                continue
            standing, _, is_apart = old[rank]
            if is_apart:
                yield ""
            yield standing if step.is_same else _embolden(line, standing)


def _embolden(line: str, standing: str) -> str:
    """Mark again the words that were bold in the line that this one replaces, where they still stand once."""
    for parsed in parse(standing):
        for run in parsed.runs:
            if run.bold and line.count(run.text) == 1:
                line = line.replace(run.text, f"**{run.text}**")
    return line
