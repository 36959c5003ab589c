//! An event, as a curator would code it.

use std::collections::BTreeSet;

use chrono::Days;

use super::claims::{self, Case};
use super::plan::Plan;
use super::random::Random;
use super::registries::{COUNTRIES, SECTORS, coordinates};
use super::values::{count, date, time};
use super::words::{phrase, prose};
use super::yaml::{Entry, Node, entry};

pub(super) const ACTIONS: [&str; 16] = [
    "ASSAULT",
    "ASSAULT.drone",
    "ASSAULT.aerial",
    "ASSAULT.explosives",
    "ASSAULT.firearms",
    "ASSAULT.heavy-weapons",
    "ASSAULT.suicide-attack",
    "ASSAULT.abduct",
    "COERCE.arrest",
    "COERCE.seize",
    "PROTEST.demo",
    "PROTEST.riot",
    "MOBILIZE.troops",
    "THREATEN.violence",
    "RETREAT.ceasefire",
    "ACCUSE.allege",
];

pub(super) const FACILITIES: [&str; 10] = [
    "weapons-depot",
    "military-base",
    "air-base",
    "checkpoint",
    "police-station",
    "market",
    "school",
    "hospital",
    "oil-gas",
    "residential",
];

const RELATIONS: [&str; 6] = [
    "same-series",
    "same-campaign",
    "follows",
    "retaliation-for",
    "responds-to",
    "possibly-same-as",
];

/// The certainty of what nothing opposes.
pub(super) const CONFIRMED: &str = "confirmed";

/// The certainty of an actor whom no report names in its own voice.
const SUSPECTED: &str = "doubtful";

const UNKNOWN: &str = "UNK";

/// How many claims an event has, from none to twelve, in percent: a long tail.
const CLAIMS: [u32; 13] = [5, 15, 16, 15, 12, 10, 8, 6, 4, 3, 3, 2, 1];

/// The record of an event, key by key.
pub(super) fn event(plan: &Plan, event: u32, random: &mut Random) -> Vec<Entry> {
    let number = u32::try_from(random.weighted(&CLAIMS)).expect("at most twelve");
    let sources = 1 + random.below(number.clamp(1, 4));
    let first_source = plan.first_source(event);
    let independent = (first_source..first_source + 2).all(|source| Plan::cites(source).is_empty());
    let reports = (first_source..first_source + 2).all(Plan::reports);
    // What two publishers say themselves and nobody opposes may be called confirmed.
    let certainty = match number {
        0 => "possible",
        _ if !reports => "possible",
        _ if sources >= 2 && independent && random.chance(75) => CONFIRMED,
        _ => "probable",
    };
    let long = number > 3 || random.chance(45);
    let mut entries = vec![entry("id", Node::word(plan.event_id(event)))];
    if long {
        entries.push(entry("title", Node::Text(phrase(random))));
    }
    entries.push(entry("date", Node::Word(date(plan.day(event), random))));
    if long && random.chance(35) {
        entries.push(entry("time", Node::Word(time(random))));
    }
    if long && random.chance(75) {
        let sentences = 2 + random.below(5);
        entries.push(entry("summary", Node::Text(prose(sentences, random))));
    }
    let mut judged = judgement(plan, event, certainty, long, random);
    judged.extend(extra_fields(plan, long, random));
    if number > 0 {
        let (affirmed, stated) = agreed(&judged);
        let actors = judged.iter().find(|(key, _)| key == "actor").map(|(_, actor)| codes(actor));
        let mut actors = actors.unwrap_or_default();
        actors.retain(|code| code != UNKNOWN);
        let case = Case {
            plan,
            event,
            first_source,
            sources,
            number,
            certainty,
            affirmed,
            stated,
            actors,
        };
        judged.push(entry("claims", claims::claims(&case, random)));
    } else {
        let pages = [format!("https://www.press.example/{event}")];
        judged.push(entry("sources", Node::words(pages)));
    }
    entries.extend(judged);
    if event > 0 && random.chance(12) {
        entries.push(entry("related", related(plan, event, random)));
    }
    if random.chance(if long { 70 } else { 15 }) {
        entries.push(entry("coding", coding(plan, event, random)));
    }
    entries
}

/// Who coded an event, and when.
fn coding(plan: &Plan, event: u32, random: &mut Random) -> Node {
    let coder = format!("coder-{}", random.pick(&["a", "b", "c"]));
    let on = plan.day(event) + Days::new(30);
    let status = random.pick(&["draft", "coded", "reviewed"]);
    let coding = [("by", coder), ("date", on.to_string()), ("status", status.to_owned())];
    Node::Map(coding.map(|(key, value)| entry(key, Node::Word(value))).into())
}

fn judgement(
    plan: &Plan,
    event: u32,
    certainty: &'static str,
    long: bool,
    random: &mut Random,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    // Reports say who did it, unless that is only suspected.
    let suspected = certainty != CONFIRMED && random.chance(30);
    let of_actor = if suspected { SUSPECTED } else { certainty };
    match random.below(10) {
        0 => {}
        1..=3 => entries.push(entry("actor", Node::word(UNKNOWN))),
        4 => {
            let actors = two_actors(plan, random).map(|code| coded_actor(code, of_actor, random));
            entries.push(entry("actor", Node::List(actors.into())));
        }
        _ => entries.push(entry("actor", coded_actor(actor(plan, random), of_actor, random))),
    }
    let action = Node::word(random.pick(&ACTIONS));
    entries.push(entry("action", with_certainty("code", action, certainty, long, random)));
    if random.chance(88) {
        let target = match random.below(12) {
            0 => Node::words(two_actors(plan, random)),
            _ => with_certainty("code", Node::Word(actor(plan, random)), certainty, long, random),
        };
        entries.push(entry("target", target));
    }
    if random.chance(94) {
        let place = Node::Word(plan.place_id(plan.place_of(event)));
        entries.push(entry("location", location(place, certainty, long, random)));
    }
    entries.push(entry("certainty", Node::word(certainty)));
    entries
}

/// What the reports of an event agree with: all that is coded and that somebody must have said.
/// Where several values are coded, a report must name them.
fn agreed(judged: &[Entry]) -> (Vec<String>, Vec<Entry>) {
    let mut affirmed = vec!["event".to_owned(), "date".to_owned()];
    let mut stated = Vec::new();
    for (key, value) in judged {
        match (key.as_str(), &*codes(value)) {
            ("actor", [only]) if only == UNKNOWN => {}
            ("actor", _) if is_suspected(value) => {}
            ("actor" | "target", several @ [_, _, ..]) => {
                stated.push(entry(key, Node::words(several)));
            }
            ("actor" | "target" | "action" | "location" | "fatalities" | "injuries", _) => {
                affirmed.push(key.clone());
            }
            _ => {}
        }
    }
    (affirmed, stated)
}

fn is_suspected(actors: &Node) -> bool {
    match actors {
        Node::List(actors) => actors.iter().any(is_suspected),
        Node::Map(entries) => entries.iter().any(|(key, value)| {
            key == "certainty" && matches!(value, Node::Word(level) if level == SUSPECTED)
        }),
        _ => false,
    }
}

/// The codes that a component is coded with, in its short or long form.
fn codes(value: &Node) -> Vec<String> {
    match value {
        Node::Word(code) => vec![code.clone()],
        Node::List(values) => values.iter().flat_map(codes).collect(),
        Node::Map(entries) => entries
            .iter()
            .filter(|(key, _)| key == "code")
            .flat_map(|(_, code)| codes(code))
            .collect(),
        Node::Text(_) | Node::Raw(_) => Vec::new(),
    }
}

/// Two different actors.
fn two_actors(plan: &Plan, random: &mut Random) -> [String; 2] {
    let first = actor(plan, random);
    let mut second = actor(plan, random);
    while second == first {
        second = actor(plan, random);
    }
    [first, second]
}

/// An actor's id or composite code.
pub(super) fn actor(plan: &Plan, random: &mut Random) -> String {
    if random.chance(55) {
        return plan.actor_id(random.skewed(plan.actors));
    }
    let country = random.pick(&COUNTRIES);
    match random.below(10) {
        0..=2 => country.to_owned(),
        3..=8 => format!("{country}{}", random.pick(&SECTORS)),
        _ => format!("{country}{}ELI", random.pick(&["GOV", "MIL", "OPP"])),
    }
}

/// An actor, whose certainty must always be written out.
fn coded_actor(code: String, certainty: &str, random: &mut Random) -> Node {
    let mut entries =
        vec![entry("code", Node::Word(code)), entry("certainty", Node::word(certainty))];
    if random.chance(10) {
        entries.push(entry("because", Node::Text(prose(1, random))));
    }
    Node::Map(entries)
}

/// A value in its short form, or with its certainty written out.
fn with_certainty(
    key: &str,
    value: Node,
    certainty: &str,
    long: bool,
    random: &mut Random,
) -> Node {
    if !long || random.chance(50) {
        return value;
    }
    Node::Map(vec![entry(key, value), entry("certainty", Node::word(certainty))])
}

fn location(place: Node, certainty: &str, long: bool, random: &mut Random) -> Node {
    let precision = random.pick(&["exact", "near", "adm2", "adm1", "area"]);
    let precision = entry("precision", Node::word(precision));
    match random.below(20) {
        0 => {
            let country = random.below(16) as usize;
            let mut entries = coordinates(country, random).to_vec();
            entries.extend([entry("country", Node::word(COUNTRIES[country])), precision]);
            Node::Map(entries)
        }
        1..=8 if long => Node::Map(vec![entry("place", place), precision]),
        _ => with_certainty("place", place, certainty, long, random),
    }
}

fn extra_fields(plan: &Plan, long: bool, random: &mut Random) -> Vec<Entry> {
    let mut entries = Vec::new();
    if random.chance(55) {
        let (civilians, others) = (random.skewed(12), random.skewed(30));
        entries.push(entry("fatalities", count(civilians + others, random)));
        if random.chance(30) {
            entries.push(entry("civilian_fatalities", Node::word(civilians)));
        }
    }
    if random.chance(40) {
        let injuries = random.skewed(60);
        entries.push(entry("injuries", count(injuries, random)));
    }
    if random.chance(if long { 50 } else { 15 }) {
        entries.push(entry("facility", Node::word(random.pick(&FACILITIES))));
    }
    if long && random.chance(12) {
        entries.push(entry("target_affiliation", Node::words([actor(plan, random)])));
    }
    if long && random.chance(12) {
        let first = random.below(15) as usize;
        entries.push(entry("partner", Node::words([COUNTRIES[first], COUNTRIES[first + 1]])));
    }
    if long && random.chance(40) {
        entries.push(entry("responsibility_claimed", Node::word(random.chance(30))));
    }
    if random.chance(8) {
        entries.push(entry("series_ordinal", Node::word(1 + random.below(9))));
    }
    entries
}

fn related(plan: &Plan, event: u32, random: &mut Random) -> Node {
    let links = (0..1 + random.skewed(3)).map(|_| {
        let other = event - 1 - random.skewed(event.min(200));
        (other, random.pick(&RELATIONS))
    });
    // Nothing stands twice in a list.
    let links: BTreeSet<_> = links.collect();
    let link = |(other, relation)| {
        Node::Map(vec![
            entry("event", Node::Word(plan.event_id(other))),
            entry("as", Node::word(relation)),
        ])
    };
    Node::List(links.into_iter().map(link).collect())
}
