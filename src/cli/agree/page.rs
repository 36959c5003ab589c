//! How well coders agree, in words.

use crate::agreement::{Agreement, Disagreement, Measured, NotComputable, Side};
use crate::cli::markup::{Block, Line, Phrase};
use crate::dataset::Binding;
use crate::evidence::WeighedComponent;
use crate::schema::Role;

/// What is compared.
pub(super) fn head(agreement: &Agreement<'_>) -> Vec<Block> {
    let title = Phrase::from("Agreement of coders in ").code(&*agreement.binding.dataset.name);
    let events = match agreement.events {
        1 => "1 that two coders or more have coded".to_owned(),
        number => format!("{number} that two coders or more have coded"),
    };
    let coders = agreement.coders.iter().map(|coder| Phrase::new().strong(*coder));
    vec![
        Block::Title(title),
        Block::entry("events", Phrase::from(&*events)),
        Block::entry("coders", Phrase::joined(coders, ", ")),
    ]
}

/// A row for each variable with values of two coders.
pub(super) fn measured(agreement: &Agreement<'_>) -> Vec<Vec<String>> {
    let heads = ["variable", "events", "one-sided", "agreement", "alpha", "measured as"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    let known = agreement.measured.iter().filter(|one| one.units > 0);
    rows.extend(known.map(|one| {
        let percent =
            one.equal.map_or_else(|_| String::new(), |share| format!("{:.0} %", 100.0 * share));
        vec![
            one.variable.name.clone(),
            one.units.to_string(),
            one.one_sided.to_string(),
            percent,
            one.alpha.map_or_else(|_| "none".to_owned(), |alpha| format!("{alpha:.3}")),
            one.variable.measurement.as_str().to_owned(),
        ]
    }));
    rows
}

/// What cannot be computed, and where coders differ.
pub(super) fn rest(agreement: &Agreement<'_>) -> Vec<Block> {
    let reasons = [NotComputable::NoVariation, NotComputable::OneUnit, NotComputable::NoUnits];
    let lines: Vec<_> =
        reasons.into_iter().filter_map(|why| not_computable(agreement, why)).collect();
    let mut blocks: Vec<_> = Block::entries("no alpha", lines).into_iter().collect();
    if !agreement.disagreements.is_empty() {
        blocks.push(Block::Part("where coders differ, the largest difference first".into()));
    }
    for one in &agreement.disagreements {
        blocks.extend(differing(agreement.binding, one));
    }
    blocks
}

fn not_computable(agreement: &Agreement<'_>, why: NotComputable) -> Option<Line> {
    let of_why = |one: &&Measured| one.alpha == Err(why);
    let names = agreement.measured.iter().filter(of_why).map(|one| &*one.variable.name);
    let names: Vec<_> = names.map(|name| Phrase::new().code(name)).collect();
    if names.is_empty() {
        return None;
    }
    let phrase = Phrase::from(why.as_str()).plain(": ").then(Phrase::joined(names, ", "));
    Some(Line::from(phrase))
}

fn differing(binding: Binding<'_>, one: &Disagreement<'_>) -> Vec<Block> {
    let name = binding.codebook.component_name(one.component);
    let heading = Phrase::new().strong(name).plain(" of ").code(one.event);
    let distance = match one.distance {
        Some(distance) => Phrase::from(&*format!("distance {distance:.2}")),
        None => Phrase::from("one-sided"),
    };
    let mut blocks = vec![Block::Heading(heading.plain(", ").then(distance))];
    let lines = one.sides.iter().map(|side| of_side(binding, side)).collect();
    blocks.extend(Block::entries("coded by", lines));
    blocks
}

/// What a coder coded, with the reasons and the claims for it and against it.
fn of_side(binding: Binding<'_>, side: &Side<'_>) -> Line {
    let coded: Vec<_> = side.coded().collect();
    let values = coded.iter().map(|one| of_value(binding, one));
    let phrase = match coded.is_empty() {
        true => Phrase::from("nothing is coded"),
        false => Phrase::joined(values, "; "),
    };
    let mut below = Vec::new();
    for one in &coded {
        let because = one.because(side.evidence.bound);
        below.extend(because.map(|because| Line::from(Phrase::from("because: ").plain(because))));
    }
    let supporting = coded.iter().flat_map(|one| &one.supporting.claims).copied();
    let opposing = coded.iter().flat_map(|one| &one.opposing.claims).copied();
    below.extend(claims(side, "supported by ", supporting.collect()));
    below.extend(claims(side, "opposed by ", opposing.collect()));
    let key = Some(Phrase::new().strong(side.coder));
    Line { key, phrase, below }
}

fn of_value(binding: Binding<'_>, one: &WeighedComponent<'_>) -> Phrase {
    let certainty = one.certainty.map(|level| {
        Phrase::new().strong(&*binding.codebook.list(Role::Certainty).entry(level).code)
    });
    let Some(coded) = one.coded else {
        return certainty.unwrap_or_else(|| Phrase::from("no certainty"));
    };
    let value = Phrase::new().code(binding.written(one.component, &coded.value.value));
    value.and(", ", certainty)
}

/// The claims at some positions of a record: who says it, and in which source.
fn claims(side: &Side<'_>, how: &str, mut positions: Vec<usize>) -> Option<Line> {
    positions.sort_unstable();
    positions.dedup();
    let binding = side.evidence.bound.binding;
    let claim = |at: &usize| {
        let claim = side.evidence.claims[*at].claim;
        let who = match (&claim.by, &claim.via) {
            (Some(_), _) => binding.claimant_name(claim).map(|name| Phrase::new().plain(name)),
            (None, Some(via)) => Some(Phrase::new().code(&*via.value)),
            (None, None) => None,
        };
        let source = Phrase::new().code(&*claim.source.value);
        who.map_or_else(Phrase::new, |who| who.plain(" in ")).then(source)
    };
    let phrase = Phrase::joined(positions.iter().map(claim), "; ");
    (!positions.is_empty()).then(|| Line::from(Phrase::from(how).then(phrase)))
}
