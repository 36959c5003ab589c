//! Claims: who says what of an event.

use chrono::Days;

use super::event::{ACTIONS, CONFIRMED, FACILITIES, actor};
use super::plan::Plan;
use super::random::Random;
use super::registries::{COUNTRIES, coordinates};
use super::values::{count, date};
use super::words::{phrase, prose};
use super::yaml::{Entry, Node, entry};

/// What is known of an event before its claims are made.
pub(super) struct Case<'p> {
    pub(super) plan: &'p Plan,
    pub(super) event: u32,
    /// The first of the sources that report it; the others follow it.
    pub(super) first_source: u32,
    pub(super) sources: u32,
    /// How many claims there are.
    pub(super) number: u32,
    /// What the event is coded as; a confirmed one is not opposed.
    pub(super) certainty: &'static str,
    /// The components that reports agree with.
    pub(super) affirmed: Vec<String>,
    /// What reports say of those that have several values.
    pub(super) stated: Vec<Entry>,
    /// The coded actors.
    pub(super) actors: Vec<String>,
}

const ANONYMOUS: [&str; 6] = [
    "witnesses",
    "an unnamed official",
    "two people familiar with the matter",
    "informed sources in the capital",
    "a doctor who asked not to be named",
    "مصدر أمني",
];

/// The claims of an event, by source.
pub(super) fn claims(case: &Case<'_>, random: &mut Random) -> Node {
    let sources = case.sources.min(case.number);
    let mut by_source: Vec<Entry> = Vec::new();
    let mut speakers = Vec::new();
    for source in 0..sources {
        let share = case.number / sources + u32::from(source < case.number % sources);
        let mut claims = Vec::new();
        while claims.len() < share as usize {
            let claim = Node::Map(if claims.is_empty() && source < 2 {
                report(case, random)
            } else {
                statement(case, source, &mut speakers, random)
            });
            // A claim that stands twice in one list is a finding.
            if !claims.contains(&claim) {
                claims.push(claim);
            }
        }
        by_source.push(entry(case.plan.source_id(case.first_source + source), Node::List(claims)));
    }
    Node::Map(by_source)
}

/// The source in its own voice, which agrees with what is coded.
fn report(case: &Case<'_>, random: &mut Random) -> Vec<Entry> {
    let mut claim = vec![entry("affirms", Node::words(&case.affirmed))];
    let mut stated = case.stated.clone();
    if case.certainty != CONFIRMED && random.chance(30) {
        let others = said(case, random).into_iter();
        stated.extend(others.filter(|(key, _)| case.stated.iter().all(|(known, _)| known != key)));
    }
    if !stated.is_empty() {
        claim.push(entry("says", Node::Map(stated)));
    }
    if random.chance(40) {
        claim.push(note(random));
    }
    claim
}

/// A note; few are long.
fn note(random: &mut Random) -> Entry {
    let sentences = 1 + random.skewed(4);
    entry("note", Node::Text(prose(sentences, random)))
}

/// What someone says, passed on by a source.
fn statement(
    case: &Case<'_>,
    source: u32,
    speakers: &mut Vec<String>,
    random: &mut Random,
) -> Vec<Entry> {
    let plan = case.plan;
    let by = entry("by", Node::Word(speaker(plan, speakers, random)));
    let mut claim = match random.below(if case.certainty == CONFIRMED { 6 } else { 13 }) {
        0 | 1 => vec![by, entry("affirms", Node::words(["event", "date"]))],
        2 => vec![note(random)],
        3 => {
            let actor = plan.actor_id(random.skewed(plan.actors));
            if random.chance(50) {
                vec![entry("about", Node::Word(actor)), note(random)]
            } else {
                of_series(case, actor, random)
            }
        }
        4 => vec![by, entry("declines", Node::words(["actor"]))],
        5 => {
            let place = plan.place_id(random.skewed(plan.places));
            vec![by, entry("about", Node::Word(place)), entry("note", Node::Text(phrase(random)))]
        }
        6 | 7 => anonymous(case, random),
        8 => vec![by, entry("denies", Node::words(["action"]))],
        9 if !case.actors.is_empty() => own_word(case, random),
        10 => vec![
            by,
            entry("denies", Node::Map(vec![entry("actor", Node::Word(accused(plan, random)))])),
        ],
        _ => vec![by, entry("says", Node::Map(said(case, random)))],
    };
    circumstances(case, source, &mut claim, random);
    claim
}

/// What someone says of the whole series: that it was the coded actor, or another one.
fn of_series(case: &Case<'_>, other: String, random: &mut Random) -> Vec<Entry> {
    let actor = case.actors.first().filter(|_| random.chance(60)).cloned().unwrap_or(other);
    let said = Node::Map(vec![entry("actor", Node::Word(actor))]);
    vec![entry("about", Node::word("series")), entry("says", said), note(random)]
}

/// What a coded actor says itself: that it did it, or that it did not.
fn own_word(case: &Case<'_>, random: &mut Random) -> Vec<Entry> {
    let actor = Node::word(&case.actors[0]);
    let key = random.pick(&["says", "says", "denies"]);
    let said = Node::Map(vec![entry("actor", actor.clone())]);
    vec![entry("by", actor), entry(key, said), note(random)]
}

/// Someone who has not spoken yet: who speaks twice may contradict themselves, which is a finding.
fn speaker(plan: &Plan, speakers: &mut Vec<String>, random: &mut Random) -> String {
    let mut speaker = actor(plan, random);
    while speakers.contains(&speaker) {
        speaker = actor(plan, random);
    }
    speakers.push(speaker.clone());
    speaker
}

fn anonymous(case: &Case<'_>, random: &mut Random) -> Vec<Entry> {
    vec![
        entry("by", Node::Text(random.pick(&ANONYMOUS).to_owned())),
        entry("anonymous", Node::word(true)),
        entry("says", Node::Map(said(case, random))),
    ]
}

fn circumstances(case: &Case<'_>, source: u32, claim: &mut Vec<Entry>, random: &mut Random) {
    if random.chance(8) {
        // An agency, or a paper that had it before.
        let earlier = case.first_source + random.below(source + 1) - 1;
        claim.push(entry("via", Node::Word(case.plan.source_id(earlier))));
    }
    if random.chance(12) {
        claim.push(entry(
            "date",
            Node::Word(date(case.plan.day(case.event) + Days::new(1), random)),
        ));
    }
    if random.chance(5) {
        claim.push(entry("certainty", Node::word(random.pick(&["probable", "possible"]))));
    }
    if random.chance(2) {
        claim.push(entry("withdrawn", Node::word(true)));
    }
    if random.chance(65) && claim.iter().all(|(key, _)| key != "note") {
        claim.push(note(random));
    }
}

/// Sectors that no composite code is coded within.
const ACCUSED: [&str; 5] = ["COP", "REB", "PRM", "CVL", "CRM"];

/// Someone whom no coded actor lies within: who accuses a state of what is coded as its army's
/// doing says too little for it, and that is a finding.
fn accused(plan: &Plan, random: &mut Random) -> String {
    if random.chance(50) {
        return plan.actor_id(plan.person(random));
    }
    format!("{}{}", random.pick(&COUNTRIES), random.pick(&ACCUSED))
}

/// One to three values, each of another component.
fn said(case: &Case<'_>, random: &mut Random) -> Vec<Entry> {
    let plan = case.plan;
    let first = random.below(9);
    let values = (0..1 + random.skewed(3)).map(|step| match (first + step) % 9 {
        0 => entry("action", Node::word(random.pick(&ACTIONS))),
        1 => entry("action", Node::word("ACCIDENT.storage")),
        2 => entry("actor", Node::Word(accused(plan, random))),
        3 => {
            let figure = random.skewed(40);
            entry("fatalities", count(figure, random))
        }
        4 => {
            let figure = random.skewed(80);
            entry("injuries", count(figure, random))
        }
        5 => entry("date", Node::Word(date(plan.day(case.event), random))),
        6 if random.chance(20) => {
            entry("location", Node::Map(coordinates(random.below(16) as usize, random).to_vec()))
        }
        6 => entry("location", Node::Word(plan.place_id(random.skewed(plan.places)))),
        7 => entry("partner", Node::words([random.pick(&COUNTRIES)])),
        _ => entry("facility", Node::word(random.pick(&FACILITIES))),
    });
    let mut values: Vec<_> = values.collect();
    values.dedup_by(|later, earlier| later.0 == earlier.0);
    values
}
