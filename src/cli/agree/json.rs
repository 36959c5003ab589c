//! Agreement as JSON; `docs/agreement.md` describes its keys.

use serde_json::{Value as Json, json};

use crate::agreement::{Agreement, Disagreement, Measured, NotComputable, Side};
use crate::dataset::Binding;
use crate::evidence::WeighedComponent;
use crate::schema::Role;

/// One JSON object.
pub(super) fn of(compared: &[Agreement<'_>]) -> Json {
    json!({ "datasets": compared.iter().map(dataset).collect::<Vec<_>>() })
}

fn dataset(agreement: &Agreement<'_>) -> Json {
    let binding = agreement.binding;
    let measured = agreement.measured.iter().map(|one| of_measured(binding, one));
    let disagreements = agreement.disagreements.iter().map(|one| disagreement(binding, one));
    json!({
        "dataset": binding.dataset.name,
        "events": agreement.events,
        "coders": agreement.coders,
        "variables": measured.collect::<Vec<_>>(),
        "disagreements": disagreements.collect::<Vec<_>>(),
    })
}

fn of_measured(binding: Binding<'_>, one: &Measured) -> Json {
    json!({
        "variable": one.variable.name,
        "component": binding.codebook.component_name(one.variable.component),
        "measurement": one.variable.measurement.as_str(),
        "n_units": one.units,
        "n_values": one.values,
        "n_one_sided": one.one_sided,
        "percent_agreement": one.equal.ok().map(|equal| 100.0 * equal),
        "alpha": one.alpha.ok(),
        "not_computable": one.alpha.err().map(NotComputable::as_str),
    })
}

fn disagreement(binding: Binding<'_>, one: &Disagreement<'_>) -> Json {
    json!({
        "event": one.event,
        "component": binding.codebook.component_name(one.component),
        "distance": one.distance,
        "coders": one.sides.iter().map(side).collect::<Vec<_>>(),
    })
}

fn side(side: &Side<'_>) -> Json {
    json!({
        "coder": side.coder,
        "coded": side.coded().map(|one| coded(side, one)).collect::<Vec<_>>(),
    })
}

fn coded(side: &Side<'_>, one: &WeighedComponent<'_>) -> Json {
    let bound = side.evidence.bound;
    let list = bound.binding.codebook.list(Role::Certainty);
    let claims = |positions: &[usize]| {
        let claims = positions.iter().map(|at| side.evidence.claims[*at].claim);
        let claim = claims.map(|claim| {
            json!({
                "source": claim.source.value,
                "claimant": bound.binding.claimant_name(claim),
                "line": claim.line,
            })
        });
        claim.collect::<Vec<_>>()
    };
    json!({
        "value": one.coded.map(|coded| bound.binding.written(one.component, &coded.value.value)),
        "certainty": one.certainty.map(|level| &*list.entry(level).code),
        "because": one.because(bound),
        "supporting": claims(&one.supporting.claims),
        "opposing": claims(&one.opposing.claims),
    })
}
