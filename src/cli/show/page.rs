//! The page of an event, in words: one for every format that people read.

mod claim;
mod component;
mod value;

use super::shown::Shown;
use super::value::label;
use crate::cli::markup::{Block, Line, Phrase};
use crate::dataset::BoundEvent;
use crate::record::{Allow, RelatedEvent};
use crate::schema::{Component, Role};
use value::{counted, day, phrase_of, precision};

/// The blocks of an event's page.
pub(super) fn of(shown: &Shown<'_>) -> Vec<Block> {
    let mut page = head(shown);
    if !shown.components.is_empty() {
        page.push(Block::Part(match shown.binding().codebook.weighs() {
            true => "what is coded, and on whose word".into(),
            false => "what is coded".into(),
        }));
    }
    page.extend(shown.components.iter().flat_map(|one| component::of_component(shown, *one)));
    let sources = shown.sources();
    if !sources.is_empty() {
        page.push(Block::Part("the claims, as the record has them".into()));
    }
    page.extend(sources.iter().flat_map(|(id, claims)| claim::of_source(shown, id, claims)));
    page
}

fn head(shown: &Shown<'_>) -> Vec<Block> {
    let BoundEvent { binding, filed } = shown.evidence.bound;
    let event = &filed.event;
    let title = event.title.as_deref().unwrap_or(filed.id());
    let names = Phrase::new().code(filed.id()).plain(" of ").code(&*binding.dataset.name);
    let first = |component| Some(&event.coded(component).first()?.value.value);
    let phrase = |component| Some(phrase_of(binding, component, first(component)?));
    let mut page = vec![Block::Title(Phrase::new().strong(title)), Block::entry("event", names)];
    page.extend(
        phrase(Component::Date)
            .map(|date| Block::entry("date", date.and(", ", phrase(Component::Time)))),
    );
    page.extend(first(Component::Location).map(|place| {
        let name = label(binding, Component::Location, place);
        let name = name.unwrap_or_else(|| binding.written(Component::Location, place));
        Block::entry("place", Phrase::new().plain(name).and("; ", precision(binding, place)))
    }));
    page.extend(event.summary.as_deref().map(|summary| Block::Paragraph(summary.into())));
    page.push(Block::entry("evidence", evidence(shown)));
    let contested = shown.evidence.contested.iter();
    let contested: Vec<_> =
        contested.map(|component| binding.codebook.component_name(*component)).collect();
    if !contested.is_empty() {
        page.push(Block::entry("contested", Phrase::new().alert(contested.join(", "))));
    }
    page.push(Block::entry("record", record(shown)));
    let ids = event.ids.iter().map(|of| {
        let scheme = &binding.codebook.id_schemes[of.value.scheme].name;
        Line::from(Phrase::new().plain(format!("{scheme}: ")).code(&*of.value.id))
    });
    page.extend(Block::entries("ids", ids.collect()));
    page.extend(Block::entries(
        "related",
        event.related.iter().map(|one| related(shown, one)).collect(),
    ));
    page.extend(Block::entries("allowed", event.allow.iter().map(allowed).collect()));
    page.extend(findings(shown));
    page
}

fn record(shown: &Shown<'_>) -> Phrase {
    let filed = shown.evidence.bound.filed;
    let mut phrase = match filed.coder() {
        Some(coder) => Phrase::from("that of the coder ").strong(coder).plain("; "),
        None => Phrase::new(),
    };
    if let Some(coding) = &filed.event.coding {
        let by = coding.by.as_ref().map(|by| format!("coded by {}", by.value));
        let on = coding.date.as_ref().map(|date| format!("on {}", day(&date.value)));
        let status = coding.status.map(|status| format!("status {}", status.as_str()));
        let parts: Vec<_> = by.into_iter().chain(on).collect();
        let parts: Vec<_> = Some(parts.join(" ")).into_iter().chain(status).collect();
        phrase = phrase.plain(parts.join(", ")).plain(", ");
    }
    phrase.code(format!("{}:{}", shown.file, filed.event.line))
}

fn evidence(shown: &Shown<'_>) -> Phrase {
    let evidence = &shown.evidence;
    let (all, counting) = (evidence.claims.len(), evidence.counted().count());
    let (claims, sources) = (counted(all, "claim"), counted(shown.n_sources(), "source"));
    let counting =
        if counting < all { format!("; {counting} counted here") } else { String::new() };
    let weighed = shown.binding().codebook.weighs().then(|| {
        let origins = counted(evidence.n_origins(), "origin");
        let claimants = counted(evidence.n_claimants(), "claimant");
        format!(", from {origins} and {claimants}")
    });
    let weighed = weighed.unwrap_or_default();
    Phrase::new().plain(format!("{claims} in {sources}{counting}{weighed}"))
}

fn findings(shown: &Shown<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let all: usize = shown.findings.iter().sum();
    if all > 0 {
        let kinds = shown.findings.into_iter().zip(["error", "warning", "info"]);
        let kinds = kinds.filter(|(count, _)| *count > 0);
        let kinds: Vec<_> = kinds.map(|(count, kind)| counted(count, kind)).collect();
        let phrase = Phrase::new()
            .code(format!("eventc check {}", shown.file))
            .plain(" has ")
            .alert(format!("{} in it: {}", counted(all, "finding"), kinds.join(", ")));
        blocks.push(Block::entry("check", phrase));
    }
    if !shown.evidence.bound.filed.event.intact {
        let phrase = Phrase::new().alert("parts of the record could not be read and are not here");
        blocks.push(Block::entry("damaged", phrase));
    }
    blocks
}

fn related(shown: &Shown<'_>, related: &RelatedEvent) -> Line {
    let relation = shown.binding().codebook.list(Role::Relation).entry(related.relation);
    let relation = Phrase::from(&*relation.label).plain(": ").code(&*related.event.value);
    Line::from(relation.and(", ", shown.title_of(related).map(Phrase::from)))
}

fn allowed(allow: &Allow) -> Line {
    let until = format!(" until {}: ", day(&allow.until.value));
    Line::from(Phrase::new().code(&*allow.rule.value).plain(until).plain(&*allow.because))
}
