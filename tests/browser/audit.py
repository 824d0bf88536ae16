"""What axe says of the page that a window shows."""

from axe_playwright_python.base import AXE_SCRIPT

from .hands import settled

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
#: What a scheme of colours can change.
COLOURS = ["color-contrast", "link-in-text-block"]
SCHEMES = [{"color_scheme": "dark"}, {"color_scheme": "light", "forced_colors": "active"}]

#: What axe cannot tell by itself, and why it is fine: (rule, elements).
EXPLAINED = {
    # It takes what a drawing holds for a text over a picture; its inks are those of the texts on paper.
    "color-contrast": "svg text",
    # It looks for the cells of a header in its row or its column, and not in its group of rows.
    "th-has-data-cells": "table:has(th[scope=rowgroup])",
}

# Without preload: axe would ask for the sheets that ours imports at addresses where they are not.
RUN = """([within, only, explained]) => axe.run(within, {
    runOnly: only, preload: false, resultTypes: ["violations", "incomplete"],
}).then(({violations, incomplete}) => [...violations, ...incomplete].flatMap(({id, nodes}) => nodes
    .filter(({target}) => !explained[id] || !document.querySelector(target[0]).matches(explained[id]))
    .map(({target, html, failureSummary}) =>
        [`${id}: ${target}`, html.slice(0, 300), failureSummary].join("\\n"))))"""


def audit(page, state="", within="html"):
    """What axe would change: in light, then what colours change in the dark and in forced colours."""
    settled(page)
    page.evaluate(AXE_SCRIPT)
    found = _run(page, within, {"type": "tag", "values": TAGS})
    for scheme in SCHEMES:
        page.emulate_media(**scheme)
        found += [f"{scheme} {fault}" for fault in _run(page, within, {"type": "rule", "values": COLOURS})]
    page.emulate_media(color_scheme="light", forced_colors="none")
    where = page.evaluate("location.pathname + location.search")
    return [f"{where} {state} {fault}" for fault in found]


def _run(page, within, only):
    return page.evaluate(RUN, [within, only, EXPLAINED])
