"""A small reader of Tabular Data Packages that knows nothing of ours: is each file what its schema says?"""

import csv
import datetime as dt
import io
import json
from decimal import Decimal, InvalidOperation


def read_csv(content):
    """The rows of a file of ours, by the names of their columns."""
    assert content.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def typed(text, field):
    """The value that a cell says, as the field of its schema reads it; ValueError when it is none."""
    if text == "":
        return None
    kind = field["type"]
    if kind == "integer":
        return int(text)
    if kind == "year":
        if len(text) != 4:
            raise ValueError(text)
        return int(text)
    if kind == "number":
        try:
            return Decimal(text.replace(field.get("decimalChar", "."), "."))
        except InvalidOperation as error:
            raise ValueError(text) from error
    if kind == "date":
        return dt.datetime.strptime(text, field["format"]).date()
    if kind == "boolean":
        if text not in field["trueValues"] + field["falseValues"]:
            raise ValueError(text)
        return text in field["trueValues"]
    assert kind == "string", kind
    return text


def typed_rows(content, schema):
    fields = {field["name"]: field for field in schema["fields"]}
    return [{name: typed(text, fields[name]) for name, text in row.items()} for row in read_csv(content)]


def complaints(files):
    """What is not as it should be in files by name, `datapackage.json` among them."""
    package = json.loads(files["datapackage.json"])
    rows = {}
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        content = files[resource["path"]]
        [head] = csv.reader([content.decode("utf-8-sig").split("\r\n")[0]], delimiter=";")
        if head != [field["name"] for field in schema["fields"]]:
            yield f"{name}: the columns are {head}"
            continue
        try:
            rows[name] = typed_rows(content, schema)
        except ValueError as error:
            yield f"{name}: {error}"
            continue
        for field in schema["fields"]:
            assert field["title"] and field["description"]
            values = [row[field["name"]] for row in rows[name]]
            yield from (f"{name}.{field['name']}: {said}" for said in broken(field, values))
        if key := schema.get("primaryKey"):
            keys = [tuple(row[part] for part in key) for row in rows[name]]
            if len(set(keys)) != len(keys):
                yield f"{name}: a key is there twice"
    for resource in package["resources"]:
        for foreign in resource["schema"].get("foreignKeys", []):
            theirs = {row[foreign["reference"]["fields"]] for row in rows[foreign["reference"]["resource"]]}
            if not {row[foreign["fields"]] for row in rows[resource["name"]]} <= theirs:
                yield f"{resource['name']}: {foreign['fields']} leads nowhere"


def broken(field, values):
    rules, present = field.get("constraints", {}), [value for value in values if value is not None]
    if rules.get("required") and len(present) < len(values):
        yield "is empty"
    if rules.get("unique") and len(set(present)) < len(present):
        yield "is there twice"
    yield from (f"{value} is no choice" for value in present if value not in rules.get("enum", [value]))
    yield from (f"{value} is too small" for value in present if value < rules.get("minimum", value))
    yield from (f"{value} is too large" for value in present if value > rules.get("maximum", value))
