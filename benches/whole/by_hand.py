"""What a user would write without eventc: reads the records with PyYAML, validates them with
jsonschema, and writes the main columns with pyarrow.

    python by_hand.py PROJECT OUT

It checks keys and types; it follows no reference, weighs no claim and names no line, which eventc does.
"""

import glob
import json
import re
import sys

import jsonschema
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import yaml

PARTS = ("actor", "action", "target", "location")

LEVEL = {"enum": ["confirmed", "probable", "possible", "unlikely", "doubtful"]}
CODED = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "properties": {"certainty": LEVEL}},
        {"type": "array", "minItems": 1},
    ]
}
COMPONENTS = {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "object"}]}
SCHEMA = {
    "type": "object",
    "required": ["id", "date", "action", "certainty"],
    "properties": {
        "id": {"type": ["string", "integer"]},
        "date": {"type": ["string", "integer"]},
        "title": {"type": "string"},
        "summary": {"type": "string"},
        "certainty": LEVEL,
        **{part: CODED for part in PARTS},
        "claims": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {
                    "type": "object",
                    "minProperties": 1,
                    "properties": {
                        "by": {"type": ["string", "object"]},
                        "note": {"type": "string"},
                        "anonymous": {"type": "boolean"},
                        "certainty": LEVEL,
                        **{
                            stance: COMPONENTS
                            for stance in ("affirms", "says", "denies", "declines")
                        },
                    },
                },
            },
        },
    },
}


class Loader(yaml.CSafeLoader):
    """Leaves dates and times as they are written."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def first(value):
    value = value[0] if isinstance(value, list) else value
    return value if isinstance(value, dict) else {"code": value}


def code(value):
    return value.get("code") or value.get("place")


def text(value):
    return None if value is None else str(value)


def event_row(record):
    row = {"event_id": text(record.get("id")), "title": record.get("title")}
    date = text(record.get("date")) or ""
    row["date"] = date
    year = re.match(r"\d{4}", date)
    row["year"] = int(year.group()) if year else None
    row["time"] = text(record.get("time"))
    for part in PARTS:
        value = first(record.get(part))
        row[part] = text(code(value))
        row[part + "_certainty"] = value.get("certainty") or record.get("certainty")
        for number in ("latitude", "longitude"):
            if part == "location":
                degrees = value.get(number)
                row[number] = None if degrees is None else float(degrees)
    row["certainty"] = record.get("certainty")
    row["summary"] = record.get("summary")
    claims = record.get("claims") or {}
    row["n_claims"] = sum(len(of) for of in claims.values())
    row["n_sources"] = len(claims)
    for key in ("fatalities", "injuries"):
        row[key] = text(record.get(key))
    return row


def claim_rows(record):
    for source, claims in (record.get("claims") or {}).items():
        for number, claim in enumerate(claims):
            by = claim.get("by")
            common = {
                "event_id": text(record.get("id")),
                "source": source,
                "claim": number + 1,
                "by": text(code(by) if isinstance(by, dict) else by),
                "note": claim.get("note"),
            }
            for stance in ("affirms", "says", "denies", "declines"):
                said = claim.get(stance) or {}
                for component in said:
                    value = said[component] if isinstance(said, dict) else None
                    yield common | {
                        "stance": stance,
                        "component": component,
                        "value": None if value is None else json.dumps(value, default=str),
                    }


def main():
    project, out = sys.argv[1:]
    validator = jsonschema.Draft202012Validator(SCHEMA)
    events, claims = [], []
    for path in sorted(glob.glob(f"{project}/datasets/*/events/**/*.yaml", recursive=True)):
        with open(path, encoding="utf-8") as file:
            for record in yaml.load_all(file, Loader):
                for error in validator.iter_errors(record):
                    print(f"{path}: {error.message}", file=sys.stderr)
                events.append(event_row(record))
                claims.extend(claim_rows(record))
    for name, rows in (("events", events), ("claims", claims)):
        table = pa.Table.from_pylist(rows)
        pq.write_table(table, f"{out}/{name}.parquet", compression="zstd", compression_level=9)
        pyarrow.csv.write_csv(table, f"{out}/{name}.csv")


main()
