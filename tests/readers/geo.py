"""Opens the maps of a build where they are used: GeoParquet and GeoJSON, against the table `events`."""

import json
import struct
import subprocess
import tempfile
from pathlib import Path

import duckdb
import geopandas
import geoparquet_validator
import pandas
import polars
import pyarrow.parquet
import pyogrio

# Places on both sides of the antimeridian and at a pole, an area of each kind, and one without any.
PLACES = """
taveuni: {name: Taveuni, latitude: -16.8, longitude: 179.99, country: FJI, radius: 20000, gazetteer: made up}
rabi: {name: Rabi, latitude: -16.5, longitude: -179.99, country: FJI, precision: exact, gazetteer: made up}
pole: {name: The pole, latitude: 90, longitude: 0, gazetteer: made up}
north: {name: North, latitude: 1.5, longitude: 10.25, country: CMR, precision: adm1, radius: 90000, gazetteer: made up}
camp: {name: A camp, within: north}
"""
LOCATIONS = ["taveuni", "rabi", "pole", "camp", "{country: CMR, admin1: north}", "{country: KIR}", "{country: ATA}", None]


def made_up(eventc, folder):
    """A build of the places above, with an event in each; its folder."""
    dataset = Path(folder, "datasets/made-up")
    Path(dataset, "events").mkdir(parents=True)
    Path(dataset, "dataset.yaml").write_text("dataset: made-up\ntitle: Made up\nversion: '1'\nlicense: CC0-1.0\n")
    Path(dataset, "places.yaml").write_text(PLACES)
    for number, location in enumerate(LOCATIONS):
        event = f"id: e{number}\ndate: 2019-08-0{number + 1}\naction: ASSAULT\ncertainty: possible\nsummary: \"=1+1 \U0001f5fa\"\n"
        where = f"location: {location}\n" if location else ""
        Path(dataset, f"events/e{number}.yaml").write_text(event + where, encoding="utf-8")
    return build(eventc, folder, folder) / "made-up"


def build(eventc, project, out):
    formats = "csv,parquet,geo,geojson,spreadsheet"
    command = [eventc, "--quiet", "build", "--emit", formats, "--out", Path(out, "dist")]
    subprocess.run(command, cwd=project, check=True)
    return Path(out, "dist")


def check_geoparquet(folder):
    """The points of events_geo.parquet, by event."""
    path = folder / "events_geo.parquet"
    report = geoparquet_validator.check(str(path))
    assert geoparquet_validator.conformant(report, "core") and report["version"] == "1.1.0", report
    events = pandas.read_parquet(folder / "events.parquet")
    frame = geopandas.read_parquet(path)
    assert frame.crs == "OGC:CRS84" and frame.geometry.name == "geometry", frame.crs
    pandas.testing.assert_frame_equal(pandas.DataFrame(frame.drop(columns="geometry")), events)
    assert frame.attrs["columns"]["geometry"], "no description"
    points = {}
    for row in frame.itertuples():
        # No area is a missing geometry, and not a point whose coordinates are no numbers.
        assert (row.geometry is None) == pandas.isna(row.area_latitude), row
        points[row.event_id] = row.geometry and (row.geometry.x, row.geometry.y)
        assert row.geometry is None or points[row.event_id] == (row.area_longitude, row.area_latitude), row
    wkb = {row["event_id"]: row["geometry"] for row in pyarrow.parquet.read_table(path).to_pylist()}
    assert {event: bytes and struct.unpack("<BIdd", bytes)[2:] for event, bytes in wkb.items()} == points
    assert dict(polars.read_parquet(path).select("event_id", "geometry").iter_rows()) == wkb
    relation = duckdb.sql(f"select event_id, area_longitude, area_latitude, geometry is null from '{path}'")
    assert {event: None if missing else (x, y) for event, x, y, missing in relation.fetchall()} == points
    geo = json.loads(pyarrow.parquet.read_metadata(path).metadata[b"geo"])
    bounds = geo["columns"]["geometry"].get("bbox")
    drawn = [point for point in points.values() if point]
    assert bounds == ([*map(min, zip(*drawn)), *map(max, zip(*drawn))] if drawn else None), bounds
    return points


def check_geojson(folder, points):
    path = folder / "events.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection" and collection["eventc"]["dataset"] == folder.name
    columns = pyarrow.parquet.read_schema(folder / "events.parquet").names
    rows = pyarrow.parquet.read_table(folder / "events.parquet").to_pylist()
    assert len(rows) == len(collection["features"])
    for row, feature in zip(rows, collection["features"]):
        assert list(feature) == ["type", "geometry", "properties"] and list(feature["properties"]) == columns
        assert feature["properties"] == json.loads(json.dumps(row, default=str)), row["event_id"]
    for frame in [geopandas.read_file(path), pyogrio.read_dataframe(path, use_arrow=True)]:
        assert frame.crs == "EPSG:4326", frame.crs
        found = {row.event_id: row.geometry and (row.geometry.x, row.geometry.y) for row in frame.itertuples()}
        assert found == points, found


def check_spreadsheets(folder):
    """The same cells as in the plain CSV, but that no text is a formula."""
    for path in sorted(folder.glob("*.spreadsheet.csv")):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf"), path
        plain = pandas.read_csv(path.with_name(path.name.replace(".spreadsheet", "")), dtype=str, keep_default_na=False)
        safe = pandas.read_csv(path, dtype=str, keep_default_na=False)
        numbers = pandas.read_parquet(path.with_name(path.name.replace(".spreadsheet.csv", ".parquet"))).select_dtypes("number")
        assert list(safe.columns) == list(plain.columns), path
        for column in plain.columns:
            for before, after in zip(plain[column], safe[column]):
                is_formula = before.lstrip()[:1] in tuple("=+-@＝＋－＠") and before and column not in numbers
                assert after == ("'" + before if is_formula else before), (path, column, before, after)


def check(eventc, project):
    """How many events were drawn, of the project's own build and of a made-up one."""
    with tempfile.TemporaryDirectory() as own, tempfile.TemporaryDirectory() as other:
        folders = [*sorted(build(eventc, project, own).iterdir()), made_up(eventc, other)]
        drawn = 0
        for folder in folders:
            points = check_geoparquet(folder)
            check_geojson(folder, points)
            check_spreadsheets(folder)
            drawn += sum(point is not None for point in points.values())
        # Of the made-up events two have no area.
        assert len(points) == len(LOCATIONS) and list(points.values()).count(None) == 2, points
    return drawn
