//! The table `codings`: what each of several coders coded.

use std::sync::Arc;

use super::attribution::attribution_column;
use super::column::Table;
use super::columns::columns;
use super::figures::figure_columns;
use crate::dataset::Binding;
use crate::evidence::{Evidence, WeighedComponent};
use crate::record::Value;
use crate::schema::{Code, Codebook, Role};
use crate::source::Files;

/// A value that a coder coded for a component of an event, or the event itself.
#[derive(Debug)]
pub struct CodingRow<'p> {
    evidence: Arc<Evidence<'p>>,
    coder: &'p str,
    /// Position among the weighed components of the record.
    weighed: usize,
    /// Position among the record's values for the component, from 1.
    ordinal: usize,
    record: String,
}

/// The rows of a coder's record: the event itself, then each coded value.
pub fn coding_rows<'p>(
    coder: &'p str,
    evidence: &Arc<Evidence<'p>>,
    files: &Files,
) -> Vec<CodingRow<'p>> {
    let filed = evidence.bound.filed;
    let record = format!("{}:{}", files.path(filed.file), filed.event.line);
    let mut rows: Vec<CodingRow<'p>> = Vec::new();
    for (weighed, one) in evidence.components.iter().enumerate() {
        let before = rows.last().filter(|row| row.weighed().component == one.component);
        rows.push(CodingRow {
            evidence: Arc::clone(evidence),
            coder,
            weighed,
            ordinal: before.map_or(0, |row| row.ordinal) + 1,
            record: record.clone(),
        });
    }
    rows
}

impl<'p> CodingRow<'p> {
    fn weighed(&self) -> &WeighedComponent<'p> {
        &self.evidence.components[self.weighed]
    }

    fn binding(&self) -> Binding<'p> {
        self.evidence.bound.binding
    }

    fn value(&self) -> Option<&'p Value> {
        self.weighed().coded.map(|coded| &coded.value.value)
    }

    fn supported(&self) -> Option<Code> {
        self.weighed().supported.as_ref()?.level
    }
}

/// The table `codings` of a codebook.
pub fn codings(codebook: &Codebook) -> Table<'_, CodingRow<'_>> {
    let certainty = codebook.list(Role::Certainty);
    let columns = columns! { |row: CodingRow<'_>|
        when true;
        /// Id of the event; one that is not adjudicated is not in `events`.
        event_id: Text = row.evidence.bound.filed.id();
        /// Who coded it.
        coder: Text = row.coder;
        /// What is coded: a core component or an extra field.
        component: Category = codebook.component_name(row.weighed().component);
        /// Position among the coder's values for the component, from 1.
        ordinal: Int32 = row.ordinal;
        /// The value as the record writes it; missing for the event itself.
        value: Text = {
            row.value().map(|value| row.binding().written(row.weighed().component, value))
        };
        /// Label or name of the value, where it has one.
        value_label: Text = {
            row.value().and_then(|value| row.binding().label(row.weighed().component, value))
        };
        ..figure_columns(|row: &CodingRow<'_>| row.value());
        /// How sure the coder is.
        certainty: scale(certainty) = row.weighed().certainty;
        when codebook.weighs();
        /// The level of certainty that the claims of the coder's record support; missing where the policy
        /// asks for none, and where they support none.
        supported: scale(certainty) = row.supported();
        ..[attribution_column("an actor", ", and for other components", |row: &CodingRow<'_>| {
            row.weighed().attribution
        })];
        when true;
        /// The coder's reason for the certainty, where it rests on more than the claims.
        because: Text = row.weighed().because(row.evidence.bound);
        /// Path and line of the coder's record in the repository.
        record: Text = row.record.as_str();
    };
    Table::new(
        "codings",
        "A value that one of several coders coded for a component of an event.",
        &["event_id", "coder", "component", "ordinal"],
        columns,
    )
    .sorted_by(&["event_id", "coder"])
}
