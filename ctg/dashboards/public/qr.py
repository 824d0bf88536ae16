"""The QR code of a public page, drawn as SVG: black on white whatever the theme, or no phone reads it."""

import io

import segno

#: Modules of white around the code, without which it is not found.
QUIET = 4


def draw_qr(address: str) -> str:
    """The code as an `svg` element whose geometry is attributes alone; it tolerates a quarter of stains."""
    code = segno.make(address, error="q", micro=False)
    out = io.BytesIO()
    code.save(out, kind="svg", xmldecl=False, svgns=True, border=QUIET, scale=4, dark="#000", light="#fff")
    return out.getvalue().decode()
