//! The claims on the page, each whole under its source.

use super::value::{named, phrase_of, whole, words};
use crate::cli::show::claim::{Claim, Said, Source, SourceName};
use crate::cli::show::phrase::{Block, Line, Phrase};
use crate::record::Stance;

pub(super) fn of_source(source: &Source<'_>) -> Vec<Block> {
    let mut phrase = Phrase::new().strong(source.name.name());
    phrase = phrase.and(", ", source.date.as_ref().map(|date| Phrase::from(&*words(date))));
    if source.name.publisher.is_some() {
        phrase = phrase.plain(" (").code(source.name.source).plain(")");
    }
    phrase = phrase.and(": ", source.title.map(Phrase::from));
    let reliability = source.reliability.map(|grade| format!("reliability {}", grade.code));
    phrase = phrase.and(", ", reliability.map(|grade| Phrase::new().plain(grade)));
    let cites: Vec<_> = source.cites.iter().map(SourceName::name).collect();
    if !cites.is_empty() {
        phrase = phrase.plain(format!(", repeats {}", cites.join(" and ")));
    }
    let mut blocks = vec![Block::Heading(phrase)];
    blocks.extend(source.url.map(|url| Block::entry("url", Phrase::new().code(url))));
    blocks.extend(source.claims.iter().map(of_claim));
    blocks
}

fn of_claim(claim: &Claim<'_>) -> Block {
    let said = claim.said.chunk_by(|one, next| one.stance == next.stance);
    let below = said.map(of_said).chain(claim.note.map(Phrase::from)).map(Line::from);
    let line = Line { key: None, phrase: speaker(claim), below: below.collect() };
    Block::Entry { label: format!("[{}]", claim.claim), lines: vec![line] }
}

/// Who speaks, on what way it came, of what, and whether it still stands.
fn speaker(claim: &Claim<'_>) -> Phrase {
    let who = &claim.who;
    let name = match who.actor {
        _ if who.own_voice => Phrase::from("in its own voice"),
        Some(actor) => named(&who.claimant, actor),
        None => Phrase::from(&*who.claimant),
    };
    let via = claim.via.as_ref();
    let via = via.map(|via| Phrase::from("via ").then(named(via.name(), via.source)));
    let date = claim.date.as_ref().map(|date| Phrase::from("said ").then(phrase_of(date)));
    let about = claim.about.as_ref().map(|about| {
        let series = || Phrase::from(about.name());
        let other = || named(about.name(), about.about);
        Phrase::from("about ").then(if about.is_series() { series() } else { other() })
    });
    let withdrawn = claim.withdrawn.as_ref().map(|withdrawn| {
        let on = withdrawn.date.as_ref().map(phrase_of);
        Phrase::new().alert("withdrawn").and(" ", on)
    });
    name.and(", ", who.anonymous.then(|| Phrase::from("anonymous")))
        .and(", ", via)
        .and(", ", date)
        .and(", ", claim.certainty.map(|level| Phrase::from("who calls it ").plain(level.code)))
        .and(", ", about)
        .and(", ", withdrawn)
}

/// What a claim says in one way: the values of each component.
fn of_said(said: &[Said<'_>]) -> Phrase {
    let stance = said.first().map_or(Stance::Note, |said| said.stance);
    let of_component = |said: &[Said<'_>]| {
        let name = said.first().map_or("", |said| said.component);
        let values = said.iter().filter_map(|said| said.value.as_ref());
        let values = values.filter(|_| stance != Stance::Affirms).map(whole);
        let values: Vec<_> = values.collect();
        let values = (!values.is_empty()).then(|| Phrase::joined(values, " and "));
        Phrase::new().plain(name).and(" ", values)
    };
    let components = said.chunk_by(|one, next| one.component == next.component);
    Phrase::new()
        .plain(stance.as_str())
        .plain(" ")
        .then(Phrase::joined(components.map(of_component), "; "))
}
