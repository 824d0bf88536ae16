"""Pictures that people send, made again from what they show.

A file is decoded and written anew: nothing of it is left but points of colour. So what a camera notes
of a place and of a day stays behind, and neither transparency nor an exotic colour space reaches a
document, which archives would refuse.
"""

import warnings
from io import BytesIO
from typing import IO, NamedTuple

from PIL import Image, ImageOps

from .uploads import JPEG, PNG

#: In points: a bigger picture is refused before it is unpacked, and none is kept bigger than that.
MOST, KEPT = 3_000, 1_200

_FORMATS = {"PNG": PNG, "JPEG": JPEG}

#: How a whole file ends. WeasyPrint, once imported, makes Pillow draw what was cut without a word.
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}


BROKEN = "Cette image ne s’ouvre pas\u00a0: elle est abîmée, ou incomplète."


class PictureError(Exception):
    """A picture that cannot serve, in words for whoever sent it."""


class Picture(NamedTuple):
    content: bytes
    media_type: str
    width: int
    height: int


def redraw(file: IO[bytes]) -> Picture:
    """The same picture on white, in the colours of a screen."""
    file.seek(0)
    content = file.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # We are stricter, below.
            image = Image.open(BytesIO(content), formats=tuple(_FORMATS))
        if max(image.size) > MOST:
            raise PictureError(
                f"Cette image mesure {image.width} × {image.height}\u00a0points\u00a0: "
                f"{MOST} au plus de chaque côté. Réduisez-la."
            )
        kind = image.format or "PNG"
        if _ENDS[kind] not in content:
            raise PictureError(BROKEN)
        flat = _on_white(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise PictureError(BROKEN) from error
    if flat.getcolors(1):
        raise PictureError(
            "Cette image est d’une seule couleur\u00a0: sur du papier blanc, rien ne se verrait."
        )
    flat.thumbnail((KEPT, KEPT))
    return read_picture(_saved(flat, kind))


def read_picture(content: bytes) -> Picture:
    """A picture that `redraw` made."""
    with Image.open(BytesIO(content), formats=tuple(_FORMATS)) as image:
        return Picture(content, _FORMATS[image.format or ""], *image.size)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(white, layer).convert("RGB")


def _saved(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    bare = Image.new("RGB", image.size)
    bare.paste(image)  # What a file says beside its points would be written with them.
    bare.save(file, format=kind, quality=90)
    return file.getvalue()
