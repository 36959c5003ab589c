"""Runs the SQL of docs/evidence.md on built tables: it must give the derived columns again.

A block of SQL without a table's name defines something; one with a name gives columns of that table.
"""

import re
from pathlib import Path

import duckdb

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
KEYS = {
    "events": ["event_id"],
    "participants": ["event_id", "role", "ordinal"],
    "positions": ["event_id", "component", "ordinal"],
    "dyads": ["event_id", "actor_ordinal", "action_ordinal", "target_ordinal"],
}
DERIVED = {
    "events": "n_claims n_sources n_claimants n_origins n_denials alleged_actors actor_contested actor_denies contested_components weakest_certainty_rank",
    "participants": "n_supporting_voices n_supporting_origins n_opposing_origins attribution",
    "positions": "n_origins n_claimants n_denying_origins n_denying_claimants",
    "dyads": "weakest_certainty_rank",
}


def plain(value):
    """A value in which order within a list, and an empty list and a missing one, do not matter."""
    return sorted(value) if isinstance(value, list) else [] if value is None else value


def values(relation, key):
    """Column to value, by key."""
    names = relation.columns
    rows = (dict(zip(names, row)) for row in relation.fetchall())
    return {tuple(row[column] for column in key): row for row in rows}


def check(folder):
    """Runs every block on the tables of a folder; returns how many values were compared."""
    database = duckdb.connect(config={"file_search_path": str(folder)})
    given = {table: set() for table in KEYS}
    compared = 0
    for table, query in re.findall(r"```sql *(\w*)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S):
        if not table:
            database.execute(query)
            continue
        key = KEYS[table]
        found = values(database.sql(query), key)
        wanted = values(database.sql(f"from '{table}.parquet'"), key)
        assert found.keys() == wanted.keys(), f"{table}: other rows, such as {next(iter(found.keys() ^ wanted.keys()))}"
        for row, columns in found.items():
            for column, value in columns.items():
                expected = wanted[row][column]
                assert plain(value) == plain(expected), f"{table} {row}: {column} is {expected!r}, and by the page {value!r}"
                compared += 1
        given[table].update(next(iter(found.values()), {}).keys())
    for table, columns in DERIVED.items():
        missing = set(columns.split()) - given[table]
        assert not missing, f"the page does not say how to compute {missing} of {table}"
    return compared

