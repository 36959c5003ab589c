"""Compares the rules that compare events with the same rules in SQL, on made-up records with planted defects.
Run by itself, it asks Spark; tests/readers/run.py asks DuckDB.

Each engine gets the shards of a project and must give, for every such rule that has SQL, the very rows
that `eventc check` finds: rule, file and line. `check --from-sql` then says of them what `check` says, also where
a dataset has `levels` and records have `allow`.
"""

import csv
import datetime
import json
import os
import random
import subprocess
import tempfile
from pathlib import Path

SHARDS = 3
TABLES = ["keys", "links", "ids", "blocks", "traits", "entries", "names"]
RECORDS = 160
PROJECTS = 6

DATASET = "dataset: made-up\ntitle: Made up\nversion: '1'\nlicense: CC0-1.0\n"
RELATIONS = ["precedes", "follows", "simultaneous-with", "causes", "caused-by", "same-series", "distinct-from"]

CODEBOOK = Path(__file__).resolve().parents[2] / "schema" / "codebook.yaml"

REGISTRIES = {
    "actors": """
pmf: {name: The Front of All, kind: organisation, country: IRQ, sector: PRM, member_of: [{actor: IRQGOV, from: 2020-03}]}
brigade: {name: Brigade 9, kind: organisation, country: IRQ, sector: MIL, member_of: [{actor: pmf, to: 2020-05}]}
company: {name: A company, kind: organisation, country: IRQ, sector: MIL, member_of: [{actor: brigade}]}
council: {name: Council, kind: organisation, country: SYR, sector: GOV}
rebels: {name: Rebels, kind: organisation, country: SYR, sector: REB}
nobody: {name: Named by nobody, kind: organisation, country: IRQ}
twice: {name: Named by another entry alone, kind: organisation, country: IRQ, member_of: [{actor: parent}]}
parent: {name: Parent, kind: organisation, country: IRQ}
ear: {name: lran Union, kind: organisation, country: IRN}
eye: {name: "ir\u0430n union", kind: organisation, country: IRN}
""",
    "places": """
town: {name: Town, country: IRQ, admin1: Ninawa, latitude: 36.0, longitude: 44.0, gazetteer: made up}
quarter: {name: Quarter, within: town, latitude: 36.005, longitude: 44.005, gazetteer: made up}
market: {name: Market, within: quarter}
village: {name: Village, country: IRQ, admin1: Erbil}
camp: {name: Camp, country: SYR, within: region}
region: {name: Region, country: SYR}
field: {name: Named by nobody, country: IRQ}
""",
    "sources": "".join(
        f"s{number}: {{publisher: Paper {number % 4}, date: 2020-12-31, url: 'https://p{number}.example/{number}'}}\n"
        for number in range(9)
    ),
}
DAYS = [f"2020-0{month}-{day:02}" for month in (2, 4, 6) for day in (9, 10, 11)]
ACTIONS = ["ASSAULT", "ASSAULT.aerial", "ASSAULT.drone", "PROTEST", "PROTEST.strike"]
PEOPLE = ["pmf", "brigade", "company", "council", "rebels", "IRQ", "IRQMIL", "IRQGOV", "SYR", "SYRREB", "UNKREB"]
PLACES = [
    "town", "town", "quarter", "market", "village", "camp", "region", "{country: IRQ}", "{country: IRQ, admin1: Ninawa}",
    "{country: SYR}", "{country: SYR}", "{country: IRQ, latitude: 36.012, longitude: 44.0, admin1: Erbil, gazetteer: made up}",
    "{place: market, latitude: 36.011, longitude: 44.011, gazetteer: made up}",
    "{country: IRQ, latitude: 36.012, longitude: 43.999, gazetteer: made up}",
    "{country: IRQ, latitude: 36.03, longitude: 44.0, admin1: Erbil, gazetteer: made up}",
]
# Some differ from others only in look-alike letters. A capital makes of one name two, which look like two actors.
CLAIMANTS = ["Halima Said", "H\u0430lima Said", "halima said", "Brig\u0430de 9", "P\u0430per 1", "a shepherd", "a herder"]
CLAIMANTS += ["Iran Union", "iran union"]

LEVELS = "levels: {dates-out-of-order: error, unadjudicated-event: info}\n"
SOON = datetime.date.today() + datetime.timedelta(days=30)
ALLOW = f"allow: [{{rule: dates-out-of-order, because: a reason, until: {SOON}}}]\n"


def is_judged(seed):
    """Whether a project says how findings are judged, of which SQL knows nothing."""
    return seed % 2 == 1


def write(folder, seed):
    """A project whose records link to each other at random, some of them twice, some to nothing."""
    made = random.Random(seed)
    events = folder / "datasets" / "made-up" / "events"
    events.mkdir(parents=True)
    (events.parent / "dataset.yaml").write_text(DATASET + (LEVELS if is_judged(seed) else ""), encoding="utf-8")
    for name, text in REGISTRIES.items():
        (events.parent / f"{name}.yaml").write_text(text.lstrip(), encoding="utf-8")
    (folder / "schema").mkdir()
    codebook = CODEBOOK.read_text(encoding="utf-8") + "ids: {ucdp: UCDP GED, acled: ACLED}\n"
    (folder / "schema" / "codebook.yaml").write_text(codebook, encoding="utf-8")
    ids = [f"e{number}" for number in range(RECORDS)]
    ids += [f"e{made.randrange(RECORDS)}.{made.choice(['ana', 'ben', 'eve'])}" for _ in range(6)]
    streams = [[] for _ in range(5)]
    for event in ids + made.choices(ids[:RECORDS], k=12):
        allow = ALLOW if is_judged(seed) and made.random() < 0.5 else ""
        draft = "coding: {status: draft}\n" if made.random() < 0.1 else ""
        made.choice(streams).append(record(made, event, ids) + allow + draft)
    for number, stream in enumerate(streams):
        (events / f"stream-{number}.yaml").write_text("---\n".join(stream), encoding="utf-8")
    if seed % 3 == 2:
        # A name that stands for nothing may be a slip for any entry.
        unknown = "id: begun\ndate: 2019\naction: PROTEST\ncertainty: possible\nactor: {code: some-group, certainty: possible}\ncoding: {status: draft}\n"
        (events / "begun.yaml").write_text(unknown, encoding="utf-8")
    (events / "series.yaml").write_text("---\n".join(series(made)), encoding="utf-8")
    for coder in ["ana", "ben"]:
        for event in made.sample(ids[:RECORDS], 20) + [f"only-{number}" for number in range(4)]:
            text = record(made, event, ids) + (f"coding: {{by: {coder}}}\n" if made.random() < 0.8 else "")
            path = events / f"{event}.{coder}.yaml"
            # A coder's record that names no coder is an error of its own.
            path.write_text(text if "coding" in text else text + f"coding: {{by: {coder}, status: draft}}\n", encoding="utf-8")


def series(made):
    """Events of one day, place and action. Only those with the same target are alike, and only if few are between them."""
    targets = ["USA", "IRN", "TUR", "RUS", "FRA", "GBR", "DEU", "CHN", "JOR", "EGY", "SAU", "QAT"]
    at = "country: IRQ, latitude: 35.0, longitude: 44.0, gazetteer: made up"
    records = []
    for number in range(60):
        target = made.choice(targets)
        lines = [f"id: s{number}", "date: 2020-06-20", "action: PROTEST", f"target: {target}", "certainty: possible"]
        lines += [f"location: {{{at}, admin1: {made.choice(['Ninawa', 'Erbil'])}}}"]
        lines += ["sources: [s5]"] if made.random() < 0.4 else []
        lines += [f"ids: {{acled: of-{target}}}"] if made.random() < 0.4 else []
        same = [other for other in range(number) if f"target: {target}\n" in records[other]]
        lines += [f"related: [{{event: s{made.choice(same)}, as: distinct-from}}]"] if same and made.random() < 0.3 else []
        records.append("\n".join(lines) + "\n")
    return records


def record(made, event, ids):
    # Most are of few days, so that some are alike.
    day = made.choice(DAYS) if made.random() < 0.8 else f"2020-{made.randint(1, 12):02}-{made.randint(1, 28):02}"
    lines = [f"id: {event}", f"date: {day}"]
    if made.random() < 0.2:
        lines[1] = made.choice(["date: 2020", "date: 2020-03/..", "date: 2020-05-XX", f"date: {day}~", "date: 2020-02-09/2020-02-11"])
    lines += [*coding(made), "certainty: possible"]
    if made.random() < 0.15:
        id_of = made.randrange(20)
        lines += [made.choice([f"ids: {{ucdp: {id_of}, acled: {id_of}}}", f"ids: {{ucdp: {id_of}}}", f"ids:\n  acled: a-{id_of}"])]
    # Most links stay among few events, so that some make circles.
    group = int(event[1:].split(".")[0]) // 8 if event[0] == "e" else 0
    near = [f"e{number}" for number in range(8 * group, 8 * group + 8)]
    links = [
        f"  - {{event: {made.choice(near * 3 + [made.choice(ids), 'nowhere'])}, as: {made.choice(RELATIONS)}}}"
        for _ in range(made.choice([0, 0, 1, 1, 2]))
    ]
    links = list(dict.fromkeys(links))
    if len(links) > 1 and made.random() < 0.3:
        lines.append("related: [" + ", ".join(link.removeprefix("  - ") for link in links) + "]")
    elif links:
        lines += ["related:", *links]
    return "\n".join(lines) + "\n"


def coding(made):
    """What is coded, and who says so."""
    several = lambda of, most: f"[{', '.join(dict.fromkeys(made.choices(of, k=made.randint(1, most))))}]"
    lines = [f"action: {made.choice(ACTIONS) if made.random() < 0.8 else several(ACTIONS, 3)}"]
    if made.random() < 0.4:
        lines = [f"action: {{code: {made.choice(ACTIONS)}, undirected: true}}"]
    sure = [f"{{code: {one}, certainty: possible}}" for one in PEOPLE]
    for role in ["actor", "target"]:
        if made.random() < 0.8:
            lines += [f"{role}: {several(sure, 2) if made.random() < 0.8 else 'UNK'}"]
    lines += [f"location: {made.choice(PLACES)}"] if made.random() < 0.85 else []
    lines += [f"time: '{made.choice(['10:00', '10:30', '12:00~', '23:00/01:00', '18:00/20:00'])}'"] if made.random() < 0.3 else []
    lines += [f"facility: {several(['hospital', 'school', 'weapons-depot'], 2)}"] if made.random() < 0.3 else []
    lines += [f"sources: [s{made.randrange(4)}]"] if made.random() < 0.3 else []
    if made.random() < 0.3:
        lines += ["claims:", f"  s{made.randrange(7)}: [{{by: {made.choice(CLAIMANTS)}, affirms: [event]}}]"]
    return lines


def run(eventc, folder, *words, status=(0, 1)):
    done = subprocess.run([eventc, *words], cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode in status, f"{words}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def rules(eventc, folder):
    """The SQL of each rule that has one."""
    run(eventc, folder, "schema", "sql", "--out", "sql")
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "sql").iterdir())}


def findings(eventc, folder, names, *words):
    """What `eventc check` says by these rules."""
    found = json.loads(run(eventc, folder, "check", "--format", "json", "--level", "info", *words))
    told = (found_one for found_one in found["diagnostics"] if found_one["rule"] in names)
    return sorted((one["rule"], one["file"], one["line"], one["level"]) for one in told)


def check(eventc, engine, rows, projects=PROJECTS):
    """Compares what an engine finds with what `eventc check` finds; returns how much that is."""
    held = 0
    for seed in range(projects):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            write(folder, seed)
            names = rules(eventc, folder)
            wanted = findings(eventc, folder, names, "--no-cache")
            unseen = (unseen if seed else set(names)) - {rule for rule, *_ in wanted}
            for number in range(1, SHARDS + 1):
                run(eventc, folder, "build", "--shard", f"{number}/{SHARDS}", "--out", f"shards/{number}", status=(0,))
            rows_found = rows(folder / "shards", names)
            if seed == 0:
                together = rows(folder / "shards", {"all": run(eventc, folder, "schema", "sql")})
                same(f"{engine}, one query", sorted(together), sorted(rows_found))
            if not is_judged(seed):
                same(f"{engine}, project {seed}", sorted((rule, file, line) for rule, _, file, line in rows_found),
                     [one[:3] for one in wanted])
            with open(folder / "result.csv", "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([["rule", "event", "file", "line"], *rows_found])
            told = findings(eventc, folder, names, "--from-sql", "result.csv")
            same(f"--from-sql, project {seed}", told, wanted)
            held += len(told)
    assert not unseen, f"nothing was found by {unseen}"
    return held


def same(what, found, wanted):
    missing, more = set(wanted) - set(found), set(found) - set(wanted)
    assert found == wanted, f"{what}: not found {missing}, found too {more}"


def with_duckdb(shards, names):
    import duckdb

    connection = duckdb.connect()
    for table in TABLES:
        files = shards / "*" / "made-up" / f"{table}.parquet"
        connection.execute(f"create view {table} as select * from read_parquet('{files}')")
    return [row for sql in names.values() for row in connection.execute(sql).fetchall()]


def with_spark(shards, names):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = session.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    for table in TABLES:
        files = str(shards / "*" / "made-up" / f"{table}.parquet")
        session.read.parquet(files).createOrReplaceTempView(table)
    return [tuple(row) for sql in names.values() for row in session.sql(sql).collect()]


if __name__ == "__main__":
    built = Path(__file__).resolve().parents[2] / "target" / "release" / "eventc"
    eventc = Path(os.environ.get("EVENTC", built)).resolve()
    print(f"{check(eventc, 'Spark', with_spark, projects=2)} findings across events are alike in Spark")
