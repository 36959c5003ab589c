//! Whether events that were coded twice are found, and events that are only near each other are not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::source::Memory;
use chrono::{Days, NaiveDate};

use crate::tests::project::{checked, repository_without_events};

const ACTORS: [&str; 8] =
    ["brigade", "front", "ISRMIL", "TURMIL", "SYRMIL", "USAMIL", "militia", "RUSMIL"];
const TARGETS: [&str; 6] = ["IRQCVL", "SYRREB", "council", "LBNCVL", "union", "IRQMIL"];
const ACTIONS: [&str; 5] =
    ["ASSAULT.aerial", "ASSAULT.abduct", "PROTEST.strike", "THREATEN", "COERCE.arrest"];
const FACILITIES: [&str; 3] = ["weapons-depot", "hospital", "school"];

/// An event as it is written.
#[derive(Clone, Debug)]
struct Record {
    id: String,
    date: String,
    time: Option<String>,
    place: String,
    actor: String,
    action: String,
    target: String,
    facility: Option<&'static str>,
    dead: usize,
}

impl Record {
    /// An event that differs from those of other numbers in its day or its town.
    fn new(number: usize) -> Self {
        let day = NaiveDate::from_ymd_opt(2015, 1, 3).unwrap() + Days::new(3 * number as u64);
        Self {
            id: format!("event-{number:04}"),
            date: day.to_string(),
            time: None,
            place: format!("town-{}", number % 40),
            actor: ACTORS[number % ACTORS.len()].to_owned(),
            action: ACTIONS[number % ACTIONS.len()].to_owned(),
            target: TARGETS[number % TARGETS.len()].to_owned(),
            facility: None,
            dead: number % 7,
        }
    }

    fn day(&self, later: u64) -> String {
        (self.date.parse::<NaiveDate>().unwrap() + Days::new(later)).to_string()
    }

    fn text(&self) -> String {
        let mut text = format!("id: {}\ndate: {:?}\n", self.id, self.date);
        let mut key = |key: &str, value: &str| writeln!(text, "{key}: {value}").unwrap();
        if self.actor == "UNK" {
            key("actor", "UNK");
        } else {
            key("actor", &format!("{{code: {}, certainty: possible}}", self.actor));
        }
        key("action", &self.action);
        key("target", &self.target);
        key("location", &self.place);
        key("certainty", "possible");
        key("fatalities", &self.dead.to_string());
        self.time.iter().for_each(|time| key("time", time));
        self.facility.iter().for_each(|facility| key("facility", facility));
        text
    }

    /// The same event in the words of another report.
    fn coded_again(&self, way: usize) -> Self {
        let mut again = Self { id: format!("{}-again", self.id), ..self.clone() };
        again.dead += way % 3;
        match way % 10 {
            0 => {}
            1 => again.place = format!("centre-of-{}", self.place),
            2 => again.date = format!("[{}..{}]", self.date, self.day(1)),
            3 => again.date = format!("{}~", self.day(1)),
            4 => again.actor = "UNK".to_owned(),
            5 => again.actor = wider(&self.actor).to_owned(),
            6 => again.action = self.action.split('.').next().unwrap().to_owned(),
            7 => again.target = wider(&self.target).to_owned(),
            8 => {
                again.place = format!(
                    "{{latitude: {}, longitude: 44.005, country: IRQ, gazetteer: invented}}",
                    latitude(&self.place) + 0.003
                )
            }
            _ => again.time = Some("17:45~".to_owned()),
        }
        again
    }

    /// Another event that shares much with this one.
    fn other(&self, way: usize) -> Self {
        let mut other = Self { id: format!("{}-other", self.id), ..self.clone() };
        let next = |of: &[&str], this: &str| {
            let at = of.iter().position(|one| *one == this).unwrap();
            of[(at + 1) % of.len()].to_owned()
        };
        match way % 10 {
            0 => other.place = format!("quarter-of-{}", self.place),
            1 => other.date = self.day(1),
            2 => other.actor = next(&ACTORS, &self.actor),
            3 => other.action = next(&ACTIONS, &self.action),
            4 => other.target = next(&TARGETS, &self.target),
            5 => other.place = "far-town".to_owned(),
            6 => other.date = format!("{}/{}", self.day(1), self.day(2)),
            7 => {
                other.target = next(&TARGETS, &self.target);
                other.dead += 3;
            }
            8 => {
                other.place = format!(
                    "{{latitude: {}, longitude: 44.1, country: IRQ, gazetteer: invented}}",
                    latitude(&self.place)
                )
            }
            _ => std::mem::swap(&mut other.actor, &mut other.target),
        }
        other
    }
}

/// The army's state, the organisation of a part of it.
fn wider(actor: &str) -> &str {
    match actor {
        "brigade" | "front" | "militia" => "alliance",
        "council" | "union" => "assembly",
        composite => &composite[..3],
    }
}

fn latitude(town: &str) -> f64 {
    let number: f64 = town.strip_prefix("town-").unwrap().parse().unwrap();
    30.0 + number / 10.0
}

/// A project with towns, their quarters, and people who belong to others.
fn project() -> Memory {
    let mut places = "far-town: {name: Far town, country: SYR}\n".to_owned();
    for number in 0..40 {
        let town = format!("town-{number}");
        let latitude = latitude(&town);
        writeln!(
            places,
            "{town}: {{name: Town {number}, country: IRQ, within: region, latitude: {latitude}, longitude: 44, gazetteer: invented}}\n\
             centre-of-{town}: {{name: Centre {number}, within: {town}}}\n\
             quarter-of-{town}: {{name: Outskirts {number}, within: region, latitude: {latitude}, longitude: 44.06, gazetteer: invented}}"
        )
        .unwrap();
    }
    places.push_str("region: {name: Region, country: IRQ}\n");
    let actors = "alliance: {name: Alliance}\nassembly: {name: Assembly}\n\
        brigade: {name: Brigade, member_of: [{actor: alliance}]}\n\
        front: {name: Front, member_of: [{actor: alliance}]}\n\
        militia: {name: Militia, member_of: [{actor: alliance}]}\n\
        council: {name: Council, member_of: [{actor: assembly}]}\n\
        union: {name: Union, member_of: [{actor: assembly}]}\n";
    let mut world = repository_without_events();
    world.write(
        "datasets/made-up/dataset.yaml",
        "dataset: made-up\ntitle: Made up\nversion: \"1\"\nlicense: CC0-1.0\n",
    );
    world.write("datasets/made-up/places.yaml", places);
    world.write("datasets/made-up/actors.yaml", actors);
    world
}

/// The pairs that are found alike among some records.
fn alike(records: &[Record]) -> BTreeSet<(String, String)> {
    let mut world = project();
    let texts: Vec<_> = records.iter().map(Record::text).collect();
    world.write("datasets/made-up/events/all.yaml", texts.join("---\n"));
    let checked = checked(&world);
    let text = &texts.join("---\n");
    let id_at = |at: u32| {
        let rest = &text[at as usize..];
        rest[..rest.find('\n').unwrap()].to_owned()
    };
    let mut pairs = BTreeSet::new();
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in checked.findings.iter() {
        if checked.files.path(finding.location.file).starts_with("datasets/made-up/events") {
            *others.entry(finding.rule).or_default() += 1;
        }
        if finding.rule == "possible-duplicate" {
            for label in &finding.labels {
                let (one, other) =
                    (id_at(label.location.span.start), id_at(finding.location.span.start));
                pairs.insert(if one < other { (one, other) } else { (other, one) });
            }
        }
    }
    others.remove("possible-duplicate");
    others.remove("unclaimed-value");
    assert_eq!(others, BTreeMap::new(), "the records are sound otherwise");
    pairs
}

#[test]
fn events_coded_twice_are_found_and_near_ones_are_not() {
    let events: Vec<_> = (0..1_100).map(Record::new).collect();
    let (twice, alone) = events.split_at(100);
    let again = twice.iter().enumerate().map(|(way, event)| event.coded_again(way));
    let planted: BTreeSet<_> =
        twice.iter().map(|event| (event.id.clone(), format!("{}-again", event.id))).collect();
    let others = alone.iter().enumerate().map(|(way, event)| event.other(way));
    let records: Vec<_> = events.iter().cloned().chain(again).chain(others).collect();
    let found = alike(&records);
    let right = found.intersection(&planted).count();
    let (recall, precision) =
        (right as f64 / planted.len() as f64, right as f64 / found.len() as f64);
    let missed: Vec<_> = planted.difference(&found).take(10).collect();
    let wrong: Vec<_> = found.difference(&planted).take(10).collect();
    assert!(recall >= 0.95, "recall {recall}, missed {missed:?}");
    assert!(precision >= 0.9, "precision {precision}, wrong {wrong:?}");
}

#[test]
fn what_tells_two_events_apart() {
    let one = Record { place: "town-1".to_owned(), ..Record::new(1) };
    let again = |change: &dyn Fn(&mut Record)| {
        let mut other = Record { id: "event-other".to_owned(), ..one.clone() };
        change(&mut other);
        let with_time = Record {
            time: other.time.is_some().then(|| "09:00".to_owned()),
            facility: other.facility.map(|_| FACILITIES[0]),
            ..one.clone()
        };
        !alike(&[with_time, other]).is_empty()
    };
    assert!(again(&|_| {}));
    assert!(again(&|other| other.time = Some("09:30".to_owned())));
    assert!(!again(&|other| other.time = Some("17:30".to_owned())));
    assert!(again(&|other| other.facility = Some(FACILITIES[0])));
    assert!(!again(&|other| other.facility = Some(FACILITIES[1])));
    assert!(again(&|other| other.date = format!("{}?", other.day(1))));
    assert!(!again(&|other| other.date = "2015".to_owned()));
}

/// A record says it of itself, from either side, and two codings of one event need not say it.
#[test]
fn what_answers_the_question() {
    let text = |id: &str, rest: &str| {
        let record = Record { id: id.to_owned(), ..Record::new(1) };
        format!("{}{rest}", record.text())
    };
    let found = |files: &[(&str, String)]| {
        let mut world = project();
        for (name, text) in files {
            world.write(format!("datasets/made-up/events/{name}.yaml"), text.as_bytes());
        }
        let checked = checked(&world);
        checked.findings.iter().filter(|finding| finding.rule == "possible-duplicate").count()
    };
    let link =
        |other: &str, relation: &str| format!("related: [{{event: {other}, as: {relation}}}]\n");
    assert_eq!(found(&[("a", text("a", "")), ("b", text("b", ""))]), 1);
    for relation in ["distinct-from", "duplicate-of"] {
        assert_eq!(found(&[("a", text("a", "")), ("b", text("b", &link("a", relation)))]), 0);
        assert_eq!(found(&[("a", text("a", &link("b", relation))), ("b", text("b", ""))]), 0);
    }
    let by = |coder: &str| text("a", &format!("coding: {{by: {coder}}}\n"));
    assert_eq!(found(&[("a", text("a", "")), ("a.ann", by("ann")), ("a.bob", by("bob"))]), 0);
    assert_eq!(found(&[("a.ann", by("ann")), ("a.bob", by("bob"))]), 0);
    assert_eq!(found(&[("a.ann", by("ann")), ("a.bob", by("bob")), ("b", text("b", ""))]), 1);
}
