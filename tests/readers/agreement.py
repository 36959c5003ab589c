"""Holds `eventc agree` to the package krippendorff, on made-up records with missing values."""

import json
import math
import random
import subprocess
import tempfile
from pathlib import Path

import krippendorff

ACTIONS = ["ASSAULT", "ASSAULT.drone", "ACCIDENT", "UNK"]
LEVELS = ["improbable", "doubtful", "possible", "probable", "confirmed"]
CODERS = ["a", "b", "c", "d"]

# The variables that are compared, with the level of measurement that each must have.
MEASURED = {
    "action": "nominal",
    "certainty": "ordinal",
    "injuries_low": "interval",
    "injuries_high": "interval",
    "date_start": "interval",
}


def near(chance, value, values):
    """A value that differs from another now and then."""
    return chance.choice(values) if chance.random() < 0.3 else value


def write(folder, chance, events):
    """Writes records, and returns the values of each variable by coder and event; NaN for missing."""
    nothing = lambda: [[math.nan] * events for _ in CODERS]
    given = {variable: nothing() for variable in MEASURED}
    for event in range(events):
        action, level = chance.choice(ACTIONS), chance.randrange(len(LEVELS))
        injured, day = chance.randrange(40), 1 + chance.randrange(28)
        for coder, name in enumerate(CODERS):
            if chance.random() < 0.3:
                continue
            own_action = near(chance, action, ACTIONS)
            own_level = near(chance, level, range(len(LEVELS)))
            own_day = near(chance, day, range(1, 29))
            low = near(chance, injured, range(40))
            high = low + chance.randrange(3)
            record = [f"id: event-{event:04}", f"date: 2024-01-{own_day:02}", f"action: {own_action}"]
            record += [f"certainty: {LEVELS[own_level]}", f"coding: {{by: {name}}}"]
            figures = {"injuries_low": low, "injuries_high": high}
            if chance.random() < 0.2:
                figures = {}
            elif chance.random() < 0.2:
                del figures["injuries_high"]
                record.append(f"injuries: {low}..")
            else:
                record.append(f"injuries: {low}..{high}")
            (folder / f"event-{event:04}.{name}.yaml").write_text("\n".join(record) + "\n")
            values = {"action": ACTIONS.index(own_action), "certainty": own_level, "date_start": own_day}
            for variable, value in {**values, **figures}.items():
                given[variable][coder][event] = value
    return given


def check(eventc):
    """How many figures are the same."""
    compared = 0
    for seed, events in [(1, 5), (2, 20), (3, 20), (4, 300)]:
        with tempfile.TemporaryDirectory() as project:
            folder = Path(project) / "datasets" / "made-up" / "events"
            folder.mkdir(parents=True)
            about = "dataset: made-up\ntitle: Made up\nversion: '1'\nlicense: CC0-1.0\n"
            (folder.parent / "dataset.yaml").write_text(about)
            given = write(folder, random.Random(seed), events)
            ran = subprocess.run([eventc, "agree", "--format", "json"], cwd=project, capture_output=True, check=True)
        found = {one["variable"]: one for one in json.loads(ran.stdout)["datasets"][0]["variables"]}
        for variable, level in MEASURED.items():
            assert found[variable]["measurement"] == level, (seed, variable)
            alpha = krippendorff.alpha(reliability_data=given[variable], level_of_measurement=level)
            assert math.isclose(found[variable]["alpha"], alpha, abs_tol=1e-12), (seed, variable, found[variable], alpha)
            compared += 1
    return compared


if __name__ == "__main__":
    import sys

    print(f"{check(Path(sys.argv[1]).resolve())} alphas are those of the package krippendorff")
