//! The tables of `eventc agree`: `agreement` and `disagreements`.

use super::column::Table;
use super::columns::columns;
use crate::agreement::{Agreement, Disagreement, Measured, NotComputable, Side};
use crate::dataset::Binding;
use crate::evidence::WeighedComponent;
use crate::schema::{Codebook, Role};

/// The table `agreement` of a codebook.
pub fn agreement(codebook: &Codebook) -> Table<'_, Measured> {
    let columns = columns! { |row: Measured|
        when true;
        /// What is compared, named as its column in `events`.
        variable: Text = row.variable.name.as_str();
        /// The component that it is of.
        component: Category = codebook.component_name(row.variable.component).to_owned();
        /// How a difference is measured: nominal, ordinal or interval.
        measurement: Category = row.variable.measurement.as_str();
        /// How many events have the values of at least two coders.
        n_units: Int32 = row.units;
        /// How many values these are.
        n_values: Int32 = row.values;
        /// How many events have a value of one coder, and of another none. A missing value is neither
        /// agreement nor disagreement.
        n_one_sided: Int32 = row.one_sided;
        /// Share of equal pairs of values in percent.
        percent_agreement: Number = row.equal.ok().map(|equal| 100.0 * equal);
        /// Krippendorff's alpha: 1 for perfect agreement, 0 for what chance gives; missing where it
        /// cannot be computed.
        alpha: Number = row.alpha.ok();
        /// Why alpha cannot be computed.
        not_computable: Text = row.alpha.err().map(NotComputable::as_str);
    };
    Table::new("agreement", "How well coders agree on a variable.", &["variable"], columns)
}

/// What a coder coded where another coded otherwise.
#[derive(Debug)]
pub struct DisagreementRow<'p> {
    position: usize,
    event: &'p str,
    distance: Option<f64>,
    side: Side<'p>,
}

/// The rows of every disagreement, the worst first.
pub fn disagreement_rows<'p>(agreement: &Agreement<'p>) -> Vec<DisagreementRow<'p>> {
    let numbered = agreement.disagreements.iter().zip(1..);
    let of_one = |(one, position): (&Disagreement<'p>, usize)| {
        let row = |side: &Side<'p>| DisagreementRow {
            position,
            event: one.event,
            distance: one.distance,
            side: side.clone(),
        };
        one.sides.iter().map(row).collect::<Vec<_>>()
    };
    numbered.flat_map(of_one).collect()
}

impl<'p> DisagreementRow<'p> {
    fn binding(&self) -> Binding<'p> {
        self.side.evidence.bound.binding
    }

    /// Something of each coded value, joined as in CSV; `None` where nothing is coded.
    fn joined(&self, of: impl Fn(&WeighedComponent<'p>) -> Option<String>) -> Option<String> {
        let texts: Vec<_> = self.side.coded().filter_map(of).collect();
        (!texts.is_empty()).then(|| texts.join("|"))
    }

    fn values(&self) -> Option<String> {
        self.joined(|one| {
            let value = &one.coded?.value.value;
            Some(self.binding().written(one.component, value).into_owned())
        })
    }

    fn certainties(&self) -> Option<String> {
        let list = self.binding().codebook.list(Role::Certainty);
        self.joined(|one| Some(list.entry(one.certainty?).code.to_string()))
    }

    fn reasons(&self) -> Option<String> {
        self.joined(|one| one.because(self.side.evidence.bound).map(str::to_owned))
    }

    /// The sources of the claims that support or oppose what is coded.
    fn sources(&self, claims: impl Fn(&WeighedComponent<'p>) -> Vec<usize>) -> Vec<&'p str> {
        let claims = self.side.coded().flat_map(claims);
        let sources = claims.map(|at| &*self.side.evidence.claims[at].claim.source.value);
        sources.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }
}

/// The table `disagreements` of a codebook.
pub fn disagreements(codebook: &Codebook) -> Table<'_, DisagreementRow<'_>> {
    let columns = columns! { |row: DisagreementRow<'_>|
        when true;
        /// Position of the disagreement, 1 for the worst.
        disagreement: Int32 = row.position;
        /// Id of the event.
        event_id: Text = row.event;
        /// The component on which coders differ.
        component: Category = codebook.component_name(row.side.component);
        /// How far the values lie apart, from 0 to 1; missing where a coder gives none.
        distance: Number = row.distance;
        /// Who coded it.
        coder: Text = row.side.coder;
        /// What the coder coded; several values are joined with `|`.
        value: Text = row.values();
        /// How sure the coder is; of several values joined with `|`.
        certainty: Text = row.certainties();
        /// The coder's reason.
        because: Text = row.reasons();
        /// The sources of the claims that support it in the coder's record.
        supporting_sources: TEXTS = row.sources(|one| one.supporting.claims.clone());
        /// The sources of the claims that oppose it in the coder's record.
        opposing_sources: TEXTS = row.sources(|one| one.opposing.claims.clone());
    };
    Table::new(
        "disagreements",
        "What a coder coded where another coded otherwise.",
        &["disagreement", "coder"],
        columns,
    )
    .sorted_by(&["disagreement"])
}
