//! The claims on the page, each in full, under its source.

use std::borrow::Cow;

use super::value::{dated, day, joined, named, subject, whole};
use crate::cli::markup::{Block, Line, Phrase};
use crate::cli::show::shown::Shown;
use crate::cli::show::value::publisher;
use crate::dataset::SERIES;
use crate::evidence::WeighedStatement;
use crate::record::Stance;
use crate::schema::Role;

pub(super) fn of_source(shown: &Shown<'_>, id: &str, claims: &[usize]) -> Vec<Block> {
    let binding = shown.binding();
    let mut phrase = Phrase::new().strong(publisher(binding, id));
    let entry = binding.source(id);
    if let Some(source) = entry {
        let date = source.date.as_ref().map(|date| Phrase::new().plain(day(&date.value)));
        phrase = phrase.and(", ", date).plain(" (").code(id).plain(")");
        phrase = phrase.and(": ", source.title.as_deref().map(Phrase::from));
        if let Some(grade) = source.reliability {
            let grade = shown.code(Role::SourceReliability, grade);
            phrase = phrase.plain(format!(", reliability {grade}"));
        }
        let cites = source.cites.iter().map(|cited| publisher(binding, &cited.value));
        let cites = cites.collect::<Vec<_>>().join(" and ");
        if !cites.is_empty() {
            phrase = phrase.plain(format!(", repeats {cites}"));
        }
    }
    let url = entry.and_then(|source| source.url.as_deref());
    let url = url.map(|url| Block::entry("url", Phrase::new().code(url)));
    let claims = claims.iter().map(|at| of_claim(shown, *at));
    [Block::Heading(phrase)].into_iter().chain(url).chain(claims).collect()
}

fn of_claim(shown: &Shown<'_>, at: usize) -> Block {
    let weighed = &shown.evidence.claims[at];
    let said = weighed.statements.chunk_by(|one, next| stance(one) == stance(next));
    let note = weighed.claim.note.as_deref().map(Phrase::from);
    let below = said.map(|said| of_said(shown, said)).chain(note).map(Line::from);
    let line = Line { key: None, phrase: speaker(shown, at), below: below.collect() };
    Block::Entry { label: format!("[{}]", at + 1), lines: vec![line] }
}

/// Who speaks, through whom, when and about what, and whether the claim was withdrawn.
fn speaker(shown: &Shown<'_>, at: usize) -> Phrase {
    let (who, claim) = (shown.who(at), shown.evidence.claims[at].claim);
    let name = match who.actor {
        _ if who.own_voice => Phrase::from("in its own voice"),
        Some(actor) => named(&who.claimant, actor),
        None => Phrase::from(&*who.claimant),
    };
    let via = claim.via.as_ref().map(|via| {
        Phrase::from("via ").then(named(publisher(shown.binding(), &via.value), &via.value))
    });
    let date = claim.date.as_ref().map(|date| Phrase::from("said ").then(dated(&date.value)));
    let certainty = claim
        .certainty
        .map(|level| Phrase::from("who calls it ").plain(shown.code(Role::Certainty, level)));
    let about = claim.about.as_ref().map(|about| {
        let name = shown.subject(&about.value).unwrap_or(Cow::Borrowed(&about.value));
        let is_series = &*about.value == SERIES;
        let subject = if is_series { subject(shown, SERIES) } else { named(&name, &about.value) };
        Phrase::from("about ").then(subject)
    });
    let withdrawn = claim.withdrawn.as_ref().map(|withdrawn| {
        let on = withdrawn.date.as_ref().map(|date| dated(&date.value));
        Phrase::new().alert("withdrawn").and(" ", on)
    });
    name.and(", ", who.anonymous.then(|| Phrase::from("anonymous")))
        .and(", ", via)
        .and(", ", date)
        .and(", ", certainty)
        .and(", ", about)
        .and(", ", withdrawn)
}

/// What a claim says with one stance: the values of each component.
fn of_said(shown: &Shown<'_>, said: &[WeighedStatement<'_>]) -> Phrase {
    let binding = shown.binding();
    let component = |one: &WeighedStatement<'_>| one.statement.component;
    let stance = said.first().map_or(Stance::Note, stance);
    let of_component = |said: &[WeighedStatement<'_>]| {
        let name = said.first().map_or("", |one| binding.codebook.component_name(component(one)));
        let values = said.iter().filter(|_| stance != Stance::Affirms);
        let values = values.filter_map(|one| Some(whole(binding, component(one), one.value?)));
        Phrase::new().plain(name).and(" ", joined(values, " and "))
    };
    let components = said.chunk_by(|one, next| component(one) == component(next));
    Phrase::new()
        .plain(stance.as_str())
        .plain(" ")
        .then(Phrase::joined(components.map(of_component), "; "))
}

fn stance(said: &WeighedStatement<'_>) -> Stance {
    said.statement.stance
}
