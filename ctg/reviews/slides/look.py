"""The page of the presentation: where things stand, in inches, and the colours of `static/css/tokens.css`."""

WIDTH, HEIGHT = 13.333, 7.5
LEFT, ROOM = 0.75, 11.833

Box = tuple[float, float, float, float]

#: Left, top, width and height.
TITLE_BOX: Box = (LEFT, 0.42, ROOM, 0.85)
LEAD_BOX: Box = (LEFT, 1.5, ROOM, 0.8)
BODY_BOX: Box = (LEFT, 2.4, ROOM, 4.42)
HALF, GUTTER = 5.65, 0.533
LEFT_BOX: Box = (LEFT, 2.4, HALF, 4.42)
RIGHT_BOX: Box = (LEFT + HALF + GUTTER, 2.4, HALF, 4.42)
FOOTER_BOX: Box = (LEFT, 6.9, 10.6, 0.4)
NUMBER_BOX: Box = (11.583, 6.9, 1, 0.4)
OPENING_TITLE_BOX: Box = (LEFT, 0.9, 9, 1.3)
OPENING_TEXT_BOX: Box = (LEFT, 2.75, ROOM, 4.2)
RULE_TOP, OPENING_RULE_TOP = 1.32, 2.4

INK, MUTED, ACCENT, ACCENT_STRONG = "1C2B30", "55626A", "0B5C57", "08443F"
PAPER, HAIRLINE, CONTOUR, WHITE = "FAF8F3", "DAD5C8", "E4DECF", "FFFFFF"
STATUS_COLORS = {
    "planned": "5A6670",
    "ongoing": "1B5C9E",
    "done": "2A6B3C",
    "postponed": "85560A",
    "suspended": "69508A",
    "abandoned": "7A3434",
}

SERIF, SANS = "Georgia", "Calibri"

#: In points; nothing is smaller than TEXT.
TEXT, LEAD, TITLE, OPENING_TITLE, FIGURE = 18, 20, 32, 48, 54

#: What little there is to read is written larger.
SIZES = (24, 21, TEXT)

POINTS_PER_INCH = 72


def points(box: Box) -> float:
    """The width of a box, in points."""
    return box[2] * POINTS_PER_INCH
