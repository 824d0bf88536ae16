"""The files of a plan, as tests look at them."""

import io
import json
import zipfile

from django.utils import timezone

from ctg.opendata.files import NAMES, write_file
from ctg.opendata.reading import read_open_data

from .checker import typed_rows


def files_of(plan, today=None):
    """Every file of a plan by its name, all of one reading."""
    data = read_open_data(plan, today or timezone.localdate())
    return {name: write_file(name, data) for name in NAMES}


def whole_of(plan, today=None):
    return json.loads(files_of(plan, today)["plan.json"])


def everything(files):
    """All that the files say as one text, what is compressed included."""
    archive = zipfile.ZipFile(io.BytesIO(files["donnees-ouvertes.zip"]))
    contents = [content for name, content in files.items() if not name.endswith(".zip")]
    return "\n".join(content.decode() for content in [*contents, *map(archive.read, archive.namelist())])


def tables_of(files):
    """The rows of each CSV file, as their schema reads them."""
    package = json.loads(files["datapackage.json"])
    return {one["name"]: typed_rows(files[one["path"]], one["schema"]) for one in package["resources"]}
