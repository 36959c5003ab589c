//! A component on the page: what is coded, and who stands where.

use super::entry_of;
use super::value::{counted, joined, phrase_of, precision, whole, written};
use crate::cli::show::claim::{Said, Voice, Who};
use crate::cli::show::component::{Coded, ComponentAccount, Level, Origin, Standing, Stated};
use crate::cli::show::phrase::{Block, Line, Phrase};
use crate::cli::show::value::Value;
use crate::evidence::{Attribution, Relation};
use crate::record::Stance;

pub(super) fn of_component(component: &ComponentAccount<'_>) -> Vec<Block> {
    let mut blocks: Vec<_> =
        component.coded.iter().flat_map(|coded| of_coded(component, coded)).collect();
    let stated = || component.besides.iter().chain(&component.not_counted);
    let contested = component.contested;
    if component.coded.is_empty() {
        blocks.push(heading(component, "nothing is coded".into(), contested));
    } else if component.coded.len() > 1 && stated().next().is_some() {
        blocks.push(heading(component, "besides what is coded".into(), contested));
    }
    for (label, lines) in stated().map(of_stated) {
        match blocks.last_mut() {
            Some(Block::Entry { label: before, lines: known }) if *before == label => {
                known.extend(lines);
            }
            _ => blocks.push(Block::Entry { label, lines }),
        }
    }
    blocks
}

fn heading(component: &ComponentAccount<'_>, words: Phrase, contested: bool) -> Block {
    let unit = component.unit.map_or_else(String::new, |unit| format!(" ({unit})"));
    let phrase = Phrase::new().strong(component.name).plain(unit).plain(": ").then(words);
    let contested = contested.then(|| Phrase::new().alert("contested"));
    Block::Heading(phrase.and(", ", contested))
}

fn of_coded(component: &ComponentAccount<'_>, coded: &Coded<'_>) -> Vec<Block> {
    let what = match &coded.value {
        Some(value) => phrase_of(value),
        None => Phrase::from("that something happened, there and then"),
    };
    let certainty = match (coded.certainty, &coded.carried) {
        (Some(level), _) => Some(Phrase::new().strong(level.code)),
        (None, Some(_)) => Some(Phrase::new().alert("certainty not coded")),
        (None, None) => None,
    };
    let what = what.and(", ", certainty).and(", ", coded.attribution.map(attribution));
    // An attribution that is contested says so already.
    let says_so = coded.attribution == Some(Attribution::Contested);
    let mut blocks = vec![heading(component, what, component.contested && !says_so)];
    let place = coded.value.as_ref().and_then(|value| value.place.as_ref());
    blocks.extend(place.and_then(precision).map(|phrase| Block::entry("precision", phrase)));
    blocks.extend(coded.carried.as_ref().map(|level| Block::entry("carried", carried(level))));
    blocks.extend(coded.because.map(|because| Block::entry("because", because)));
    let is_unexplained = |level: &Level<'_>| level.coded == Some(Standing::Above);
    if coded.because.is_none() && coded.carried.as_ref().is_some_and(is_unexplained) {
        blocks.push(Block::entry("because", Phrase::new().alert("no reason is given")));
    }
    let name = component.name;
    let own = coded.value.as_ref();
    blocks.extend(of_origins("supports", &coded.supporting, name, own));
    blocks.extend(of_origins("opposes", &coded.opposing, name, own));
    blocks.extend(of_origins("denies", &coded.denying, name, own));
    blocks
}

fn attribution(attribution: Attribution) -> Phrase {
    match attribution {
        Attribution::Unattributed => Phrase::from(attribution.as_str()),
        Attribution::Contested => Phrase::from("attribution ").alert(attribution.as_str()),
        known => Phrase::from("attribution ").plain(known.as_str()),
    }
}

/// The level that the claims carry, on what, and what keeps them from more.
fn carried(level: &Level<'_>) -> Phrase {
    let mut phrase = match level.level {
        Some(level) => Phrase::new().strong(level.code),
        None => Phrase::from("no level"),
    };
    phrase = match level.coded {
        Some(Standing::Above) => phrase.plain(", ").alert("less than coded"),
        Some(Standing::Below) => phrase.plain(", more than coded"),
        Some(Standing::Same) | None => phrase,
    };
    let counts =
        [(level.voices, "voice"), (level.origins, "origin"), (level.claimants, "claimant")];
    let [voices, origins, claimants] = counts.map(|(count, what)| counted(count, what));
    phrase = phrase.plain(format!(", by {voices} ({origins}, {claimants})"));
    for lacking in &level.lacking {
        let needs = format!(" needs {}", lacking.needs);
        phrase = phrase.plain("; ").strong(lacking.level.code).plain(needs);
    }
    phrase
}

fn of_origins(
    label: &str,
    origins: &[Origin<'_>],
    component: &str,
    coded: Option<&Value<'_>>,
) -> Option<Block> {
    let lines = origins.iter().map(|origin| of_origin(origin, component, coded));
    entry_of(label, lines.collect())
}

/// An origin, with its claimants and what each says.
fn of_origin(origin: &Origin<'_>, component: &str, coded: Option<&Value<'_>>) -> Line {
    let claimants = origin.claimants.iter().map(|claimant| {
        let is_origin = *claimant.who.claimant == *origin.origin && !claimant.who.anonymous;
        let name = if is_origin { Phrase::from("itself") } else { of_claimant(&claimant.who) };
        let voices = claimant.claims.iter().map(|voice| {
            let said = voice.said.iter().filter_map(|said| exactly(said, component, coded));
            (of_voice(voice, origin.origin, &claimant.who), joined(said))
        });
        let voices: Vec<_> = voices.collect();
        // What it says in one claim after the other is told once, behind the last.
        voices.iter().enumerate().fold(name, |phrase, (at, (voice, said))| {
            let is_last = voices.get(at + 1).is_none_or(|(_, next)| next != said);
            phrase.then(voice.clone()).and(": ", said.clone().filter(|_| is_last))
        })
    });
    Line {
        key: Some(Phrase::new().strong(origin.origin)),
        phrase: Phrase::joined(claimants, "; "),
        below: Vec::new(),
    }
}

fn of_claimant(who: &Who<'_>) -> Phrase {
    let name = Phrase::new().plain(&*who.claimant);
    if who.anonymous { name.plain(", anonymous") } else { name }
}

/// Where a claim stands, as far as its origin does not tell.
fn of_voice(voice: &Voice<'_>, origin: &str, who: &Who<'_>) -> Phrase {
    let mut phrase = Phrase::new();
    if let Some(via) = voice.via.as_ref().filter(|via| via.name() != origin) {
        phrase = phrase.plain(format!(", via {}", via.name()));
    }
    if voice.source.name() != origin && !who.own_voice {
        phrase = phrase.plain(format!(", in {}", voice.source.name()));
    }
    if let Some(certainty) = voice.certainty {
        phrase = phrase.plain(format!(", who calls it {}", certainty.code));
    }
    phrase.plain(" ").reference(format!("[{}]", voice.claim))
}

/// What a claim says, where that is not just the coded value.
fn exactly(said: &Said<'_>, component: &str, coded: Option<&Value<'_>>) -> Option<Phrase> {
    let is_coded =
        said.relation == Some(Relation::Same) || written(said.value.as_ref()) == written(coded);
    let what = match (said.stance, &said.value) {
        (Stance::Denies, Some(value)) if !is_coded => {
            Phrase::from("denies ").then(phrase_of(value))
        }
        (Stance::Denies, _) => Phrase::from("denies it"),
        (_, Some(value)) if !is_coded => phrase_of(value),
        _ => return None,
    };
    let other = (said.component != component).then(|| Phrase::from(said.component).plain(" "));
    Some(other.unwrap_or_default().then(what))
}

/// What claims say besides, and who: under what it counts as, else under how it is said.
fn of_stated(stated: &Stated<'_>) -> (String, Vec<Line>) {
    let origins = || stated.origins.iter().map(|origin| of_origin(origin, "", None)).collect();
    let label = match (stated.withdrawn, &stated.about) {
        (true, _) => "withdrawn",
        (false, Some(about)) if about.is_series() => "series",
        (false, Some(_)) => "about",
        (false, None) => stated.stance.as_str(),
    };
    if stated.value.is_none() && label == stated.stance.as_str() {
        return (label.to_owned(), origins());
    }
    let about = stated.about.as_ref().filter(|_| label != "series");
    let about = about.map_or_else(Phrase::new, |about| Phrase::from(about.name()).plain(": "));
    let stance = match stated.stance {
        Stance::Says => "",
        stance if stance.as_str() == label => "",
        stance => stance.as_str(),
    };
    let value = match &stated.value {
        Some(value) => whole(value),
        None if stated.stance == Stance::Declines => Phrase::new(),
        None => "it".into(),
    };
    let relation = stated.relation.map(Relation::as_str).filter(|_| tells_more(stated));
    let phrase = about.plain(stance).plain(" ").then(value).and(", ", relation.map(Phrase::from));
    (label.to_owned(), vec![Line { key: None, phrase, below: origins() }])
}

/// Whether the relation tells what value and coded value together do not.
fn tells_more(stated: &Stated<'_>) -> bool {
    matches!(stated.relation, Some(Relation::Broader | Relation::Overlapping))
        && stated.stance != Stance::Denies
}
