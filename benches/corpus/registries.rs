//! The files of a dataset beside its events.

use super::plan::Plan;
use super::random::Random;
use super::words::{name, phrase, prose};
use super::yaml::{Entry, Node, document, entry};

/// Countries that composite codes begin with.
pub(super) const COUNTRIES: [&str; 16] = [
    "IRQ", "SYR", "ISR", "IRN", "TUR", "LBN", "YEM", "LBY", "MLI", "NER", "BFA", "NGA", "SDN",
    "ETH", "SOM", "USA",
];

/// A point in each of them, in whole degrees of latitude and longitude.
const INLAND: [(i32, i32); COUNTRIES.len()] = [
    (33, 43),
    (35, 38),
    (31, 34),
    (32, 53),
    (39, 35),
    (33, 35),
    (15, 48),
    (27, 17),
    (17, -4),
    (17, 8),
    (12, -1),
    (9, 8),
    (15, 30),
    (9, 40),
    (5, 46),
    (39, -98),
];

/// Sectors of society.
pub(super) const SECTORS: [&str; 9] =
    ["MIL", "GOV", "COP", "REB", "PRM", "OPP", "CVL", "JRN", "CRM"];

const ACTORS: u64 = 1 << 41;
const PLACES: u64 = 1 << 42;
const SOURCES: u64 = 1 << 43;

/// `dataset.yaml`
pub(super) fn dataset(plan: &Plan) -> String {
    let title = format!("A made-up corpus of {} events", plan.events);
    let person =
        Node::Map(vec![entry("name", Node::word("nobody")), entry("role", Node::word("curator"))]);
    let entries = [
        entry("dataset", Node::word(&plan.name)),
        entry("title", Node::Text(title)),
        entry("version", Node::word("0.1.0")),
        entry("license", Node::word("CC0-1.0")),
        entry("codebook", Node::word("coded-events")),
        entry("people", Node::List(vec![person])),
    ];
    document(&entries, &mut Random::new(plan.seed, 0))
}

/// `actors.yaml`
pub(super) fn actors(plan: &Plan) -> String {
    registry(plan, plan.actors, ACTORS, |actor, random| {
        (plan.actor_id(actor), actor_entry(plan, actor, random))
    })
}

/// `places.yaml`
pub(super) fn places(plan: &Plan) -> String {
    registry(plan, plan.places, PLACES, |place, random| {
        (plan.place_id(place), place_entry(plan, place, random))
    })
}

/// `sources.yaml`
pub(super) fn sources(plan: &Plan) -> String {
    registry(plan, plan.sources, SOURCES, |source, random| {
        (plan.source_id(source), source_entry(plan, source, random))
    })
}

/// A registry, each entry in a layout of its own.
fn registry(
    plan: &Plan,
    count: u32,
    stream: u64,
    make: impl Fn(u32, &mut Random) -> (String, Vec<Entry>),
) -> String {
    let mut out = String::from("# Made up; see benches/corpus.\n");
    for number in 0..count {
        let mut random = Random::new(plan.seed, stream + u64::from(number));
        let (id, entries) = make(number, &mut random);
        out.push_str(&document(&[entry(id, Node::Map(entries))], &mut random));
    }
    out
}

fn actor_entry(plan: &Plan, actor: u32, random: &mut Random) -> Vec<Entry> {
    let called = name(actor);
    let kind = if Plan::is_person(actor) { "person" } else { "organisation" };
    let mut entries = vec![
        entry("name", Node::Text(called.latin.clone())),
        entry("kind", Node::word(kind)),
        entry(
            "aliases",
            Node::List(vec![Node::Text(called.arabic), Node::Text(format!("the {}", called.id))]),
        ),
        entry("country", Node::word(random.pick(&COUNTRIES))),
        entry("sector", Node::word(random.pick(&SECTORS))),
    ];
    if random.chance(30) {
        entries.push(entry("valid", Node::word("1994-06/..")));
    }
    if actor >= 5 && random.chance(40) {
        let wider = plan.actor_id(random.below(actor / 5) * 5);
        let membership =
            vec![entry("actor", Node::word(wider)), entry("from", Node::word("1998-11"))];
        entries.push(entry("member_of", Node::List(vec![Node::Map(membership)])));
    }
    if random.chance(50) {
        entries.push(entry(
            "wikidata",
            Node::word(format!("Q{}", 100_000 + random.below(20_000_000))),
        ));
    }
    if random.chance(25) {
        entries.push(entry("note", Node::Text(prose(1, random))));
    }
    entries
}

fn place_entry(plan: &Plan, place: u32, random: &mut Random) -> Vec<Entry> {
    let called = name(place);
    let mut entries = vec![
        entry("name", Node::Text(called.latin)),
        entry("aliases", Node::List(vec![Node::Text(called.arabic)])),
    ];
    // The first eighth are towns; the rest lies in one of them, and takes country from it.
    let towns = plan.places / 8 + 1;
    let town = if place < towns { place } else { random.below(towns) };
    let country = town as usize % COUNTRIES.len();
    entries.extend(coordinates(country, random));
    entries.push(entry(
        "gazetteer",
        Node::Text(format!("GeoNames {}", 90_000 + random.below(9_000_000))),
    ));
    if place < towns {
        entries.push(entry("country", Node::word(COUNTRIES[country])));
        entries.push(entry("admin1", Node::Text(name(place + 7000).latin)));
    } else {
        entries.push(entry("within", Node::word(plan.place_id(town))));
    }
    entries
}

/// A latitude and a longitude in a country, by its position among [`COUNTRIES`]. Made of whole
/// numbers: decimals differ between machines.
pub(super) fn coordinates(country: usize, random: &mut Random) -> [Entry; 2] {
    let (latitude, longitude) = INLAND[country];
    let mut degrees = |whole| Node::Word(format!("{whole}.{:04}", random.below(10_000)));
    [entry("latitude", degrees(latitude)), entry("longitude", degrees(longitude))]
}

fn source_entry(plan: &Plan, source: u32, random: &mut Random) -> Vec<Entry> {
    let publisher = name(plan.publisher(source));
    let mut entries = vec![
        entry("publisher", Node::Text(format!("{} News", publisher.latin))),
        entry("date", Node::word(plan.published(source))),
    ];
    if random.chance(70) {
        entries.push(entry("title", Node::Text(phrase(random))));
    }
    if random.chance(60) {
        let url = format!(
            "https://{}.example/{}/{}",
            publisher.id,
            plan.published(source),
            random.below(1 << 30)
        );
        entries.push(entry("url", Node::Text(url)));
        entries.push(entry("language", Node::word(random.pick(&["en", "ar", "fr", "fa"]))));
    }
    if random.chance(40) {
        entries.push(entry("reliability", Node::word(random.pick(&["A", "B", "C", "F"]))));
    }
    let cites = Plan::cites(source);
    if !cites.is_empty() {
        entries.push(entry("cites", Node::words(cites.iter().map(|cited| plan.source_id(*cited)))));
    }
    if Plan::is_unseen(source) {
        entries.push(entry("unseen", Node::word(true)));
    }
    if Plan::is_of_actor(source) {
        entries.push(entry("of", Node::Word(plan.actor_id(random.skewed(plan.actors)))));
    }
    if Plan::investigates(source) {
        entries.push(entry("kind", Node::word("investigation")));
    }
    entries
}
