//! The table `claims`: who says what.

use super::claim_row::ClaimRow;
use super::column::{Column, Table};
use super::columns::columns;
use super::figures::figure_columns;
use crate::evidence::{Effect, Relation};
use crate::schema::{Codebook, Role};

type ClaimColumn<'p> = Column<'p, ClaimRow<'p>>;

/// The table `claims` of a codebook.
pub fn claims(codebook: &Codebook) -> Table<'_, ClaimRow<'_>> {
    let columns = columns! { |row: ClaimRow<'_>|
        when true;
        ..key_columns(codebook);
        ..value_columns();
        ..effect_columns(codebook);
        ..claimant_columns(codebook);
        ..manner_columns(codebook);
        ..source_columns();
        when codebook.weighs();
        /// Reliability of the least reliable source that it came through: the one that holds it, its
        /// `via` and what they cite; missing where one has no rank.
        reliability: scale(codebook.list(Role::SourceReliability)) = row.weighed().reliability;
        ..origin_columns();
        when true;
        ..note_columns();
    };
    Table::new(
        "claims",
        "One value that one source's claim states, denies or declines for a component.",
        &["claim_id", "ordinal"],
        columns,
    )
    .references(&[("event_id", "events"), ("source", "sources"), ("via", "sources")])
}

fn key_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    columns! { |row: ClaimRow<'_>|
        when true;
        /// Id of the claim: the event, the source, and which of the claims that the record has from the
        /// source it is. Claims of other sources do not change it.
        claim_id: Text = row.of.id.as_str();
        /// Position among all that the claim states, from 1.
        ordinal: Int32 = row.ordinal();
        /// Id of the event.
        event_id: Text = row.of.evidence.bound.filed.id();
        /// Position of the claim in the record, from 1; the entries of `sources` come last.
        claim: Int32 = row.of.position + 1;
        /// What the value is for: a core component or an extra field; missing for a note.
        component: Category = row.component().map(|component| codebook.component_name(component));
        /// How the claim stands to the value: affirms, says, denies, declines or note.
        stance: Category = row.stance().as_str();
    }
}

fn value_columns<'p>() -> Vec<ClaimColumn<'p>> {
    columns! { |row: ClaimRow<'p>|
        when true;
        /// The value as a record writes it; for what is affirmed or denied without naming a value,
        /// the coded one.
        value: Text = row.value().map(|(component, value)| row.binding().written(component, value));
        /// Label or name of the value, where it has one.
        value_label: Text = row.value().and_then(|(of, value)| row.binding().label(of, value));
        ..figure_columns(|row: &ClaimRow<'_>| row.value().map(|(_, value)| value));
        /// What the coder coded for the component; several are joined with `|`.
        coded_value: Text = row.coded_value();
    }
}

/// What the statement does, and whether the claim counts.
fn effect_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    columns! { |row: ClaimRow<'_>|
        when codebook.weighs();
        /// How the value relates to what is coded: same, narrower, broader, overlapping, unknown or
        /// different.
        relation: Category = row.said().and_then(|said| said.relation()).map(Relation::as_str);
        /// What the statement does to the coded values in `coded_value`: supports, opposes or
        /// neither.
        effect: Category = row.said().map_or(Effect::Neither, |said| said.effect).as_str();
        /// Whether it says that nobody did it, which opposes every coded actor.
        agentless: Boolean = row.said().is_some_and(|said| said.agentless);
        /// Whether nothing known is coded for the component, and of two claims that count another
        /// says what excludes the value.
        disputed: Boolean = row.said().is_some_and(|said| said.disputed);
        /// What the whole claim does to the event, that something happened: supports, opposes or
        /// neither.
        event_effect: Category = row.weighed().on_event.as_str();
        /// Whether the claim counts: it speaks of this event and was not withdrawn.
        counted: Boolean = row.weighed().counted;
        when true;
        /// What the claim speaks of instead of this event: `series`, an actor or a place.
        about: Text = row.claim().about.as_ref().map(|about| &*about.value);
    }
}

fn claimant_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    let countries = codebook.list(Role::Country);
    let sectors = codebook.list(Role::Sector);
    columns! { |row: ClaimRow<'_>|
        when true;
        /// Who says it: id or composite code of an actor, also where the source is of one; missing
        /// for free text and for a publisher.
        claimant: Text = row.of.claimant.as_ref().map(|claimant| claimant.code);
        /// Name of the claimant: of the actor, in free text, or the publisher where the source
        /// speaks itself.
        claimant_name: Text = row.of.claimant_name.as_deref();
        /// Country of the claimant.
        claimant_country: code(countries) = row.of.claimant.as_ref().and_then(|who| who.country);
        /// Sector of the claimant.
        claimant_sector: code(sectors) = row.of.claimant.as_ref().and_then(|who| who.sector);
    }
}

/// How a claim was made, and whether it still stands.
fn manner_columns(codebook: &Codebook) -> Vec<ClaimColumn<'_>> {
    let certainty = codebook.list(Role::Certainty);
    columns! { |row: ClaimRow<'_>|
        when true;
        /// Whether a reader cannot tell who spoke.
        anonymous: Boolean = row.weighed().speaker.anonymous;
        when codebook.weighs();
        /// Whether a publisher reports it itself, and is no actor's voice.
        own_voice: Boolean = row.weighed().speaker.own_voice;
        /// Whether it is the finding of an investigation that speaks for no coded actor or target.
        investigation: Boolean = row.weighed().finding;
        when true;
        /// How sure the claimant says it is.
        claim_certainty: scale(certainty) = row.claim().certainty;
        /// When it was said, in EDTF as written.
        claim_date: Text = row.claim().date.as_ref().map(|date| date.value.as_str());
        /// Whether it was taken back.
        withdrawn: Boolean = row.claim().withdrawn.is_some();
        /// When it was taken back, in EDTF as written, where that is known.
        withdrawn_on: Text = {
            let withdrawn = row.claim().withdrawn.as_ref();
            withdrawn.and_then(|withdrawn| Some(withdrawn.date.as_ref()?.value.as_str()))
        };
    }
}

fn source_columns<'p>() -> Vec<ClaimColumn<'p>> {
    columns! { |row: ClaimRow<'p>|
        when true;
        /// The source that holds the claim: its id, or the address of a page without an entry.
        source: Text = &*row.claim().source.value;
        /// Publisher of the source; the host of its address where none is named.
        publisher: Text = row.of.source.and_then(|source| source.publisher.as_deref());
        /// When the source was published, in EDTF as written.
        source_date: Text = row.of.source.and_then(|source| Some(source.date.as_ref()?.value.as_str()));
        /// The source that this statement, and only it, was passed on from.
        via: Text = row.claim().via.as_ref().map(|via| &*via.value);
    }
}

/// The publishers that the claim may go back to, and who stands for it.
fn origin_columns<'p>() -> Vec<ClaimColumn<'p>> {
    columns! { |row: ClaimRow<'p>|
        when true;
        /// The publishers that the claim may go back to, by the key of their names; exactly one is
        /// the true origin.
        origins: TEXTS = row.weighed().origins.as_slice();
        /// Who may stand for the claim, equal for two claims of one claimant; exactly one does.
        claimant_keys: TEXTS = row.of.claimants.as_slice();
        /// The coded actors for whom the claimant speaks: itself, what it is a part of, or a part
        /// of it. In an undirected event also the targets.
        speaks_for: TEXTS = row.of.speaks_for.as_slice();
    }
}

fn note_columns<'p>() -> Vec<ClaimColumn<'p>> {
    columns! { |row: ClaimRow<'p>|
        when true;
        /// What else the source says, in the curator's words.
        note: Text = row.claim().note.as_deref();
        /// Path and line of the claim in the repository.
        record: Text = row.of.record.as_str();
    }
}
