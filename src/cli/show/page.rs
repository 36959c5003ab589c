//! The page of an event: its account, put into words once for every format that people read.

mod claim;
mod component;
mod value;

use super::account::{Account, Findings};
use super::phrase::{Block, Line, Phrase};
use value::{counted, location, phrase_of, words};

/// The blocks of an event's page.
pub(super) fn of(account: &Account<'_>) -> Vec<Block> {
    let mut page = head(account);
    if !account.components.is_empty() {
        page.push(Block::Part("what is coded, and on whose word".into()));
    }
    page.extend(account.components.iter().flat_map(component::of_component));
    if !account.sources.is_empty() {
        page.push(Block::Part("the claims, as the record has them".into()));
    }
    page.extend(account.sources.iter().flat_map(claim::of_source));
    page
}

fn head(account: &Account<'_>) -> Vec<Block> {
    let mut page = vec![
        Block::Title(Phrase::new().strong(account.title.unwrap_or(account.id))),
        Block::entry("event", Phrase::new().code(account.id).plain(" of ").code(account.dataset)),
    ];
    page.extend(account.date.as_ref().map(|date| {
        Block::entry("date", phrase_of(date).and(", ", account.time.as_ref().map(phrase_of)))
    }));
    page.extend(account.location.as_ref().map(|place| Block::entry("place", location(place))));
    page.extend(account.summary.map(|summary| Block::Paragraph(summary.into())));
    page.push(Block::entry("evidence", evidence(account)));
    if !account.contested.is_empty() {
        page.push(Block::entry("contested", Phrase::new().alert(account.contested.join(", "))));
    }
    page.push(Block::entry("record", record(account)));
    page.extend(related(account));
    page.extend(allowed(account));
    page.extend(findings(account));
    page
}

fn record(account: &Account<'_>) -> Phrase {
    let mut phrase = match account.coder {
        Some(coder) => Phrase::from("that of the coder ").strong(coder).plain("; "),
        None => Phrase::new(),
    };
    if let Some(coding) = &account.coding {
        let by = coding.by.map(|by| format!("coded by {by}"));
        let on = coding.date.as_ref().map(|date| format!("on {}", words(date)));
        let status = coding.status.map(|status| format!("status {status}"));
        let parts: Vec<_> = by.into_iter().chain(on).collect();
        let parts: Vec<_> = Some(parts.join(" ")).into_iter().chain(status).collect();
        phrase = phrase.plain(parts.join(", ")).plain(", ");
    }
    phrase.code(format!("{}:{}", account.file, account.line))
}

fn evidence(account: &Account<'_>) -> Phrase {
    let counts = &account.counts;
    let (claims, sources) = (counted(counts.claims, "claim"), counted(counts.sources, "source"));
    let counting = match counts.claims - counts.counted {
        0 => String::new(),
        _ => format!("; {} counted here", counts.counted),
    };
    let (origins, claimants) =
        (counted(counts.origins, "origin"), counted(counts.claimants, "claimant"));
    Phrase::new().plain(format!("{claims} in {sources}{counting}, from {origins} and {claimants}"))
}

fn findings(account: &Account<'_>) -> Vec<Block> {
    let Findings { errors, warnings, infos } = account.findings;
    let mut blocks = Vec::new();
    if account.findings.all() > 0 {
        let kinds = [(errors, "error"), (warnings, "warning"), (infos, "info")];
        let kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<_> = kinds.map(|(count, kind)| counted(count, kind)).collect();
        let all = counted(account.findings.all(), "finding");
        let phrase = Phrase::new()
            .code(format!("eventc check {}", account.file))
            .plain(" has ")
            .alert(format!("{all} in it: {}", kinds.join(", ")));
        blocks.push(Block::entry("check", phrase));
    }
    if !account.intact {
        let phrase = Phrase::new().alert("parts of the record could not be read and are not here");
        blocks.push(Block::entry("damaged", phrase));
    }
    blocks
}

fn related(account: &Account<'_>) -> Option<Block> {
    let lines = account.related.iter().map(|related| {
        let relation = Phrase::from(related.relation.label).plain(": ").code(related.event);
        Line::from(relation.and(", ", related.title.map(Phrase::from)))
    });
    entry_of("related", lines.collect())
}

fn allowed(account: &Account<'_>) -> Option<Block> {
    let lines = account.allow.iter().map(|allow| {
        let until = format!(" until {}: ", words(&allow.until));
        Line::from(Phrase::new().code(allow.rule).plain(until).plain(allow.because))
    });
    entry_of("allowed", lines.collect())
}

/// Lines under a label, if there are any.
fn entry_of(label: &str, lines: Vec<Line>) -> Option<Block> {
    (!lines.is_empty()).then(|| Block::Entry { label: label.to_owned(), lines })
}
