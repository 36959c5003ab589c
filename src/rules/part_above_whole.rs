//! A number that is larger than the whole of which it counts a part.

use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::record::{Stance, Value};
use crate::schema::{Codebook, Component};
use crate::source::{Location, Spanned};
use crate::value::Figure;

rule!("part-above-whole", Error, Event(check));

/// Checks the coded numbers and those of each claim separately. Claims may contradict each other, but a
/// single count cannot exceed its whole.
fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    let coded = event.all_coded().iter().map(|coded| (coded.component, &coded.value));
    check_figures(bound, &coded.collect::<Vec<_>>(), found);
    for claim in &event.claims {
        let says = claim.statements.iter().filter(|statement| statement.stance == Stance::Says);
        let said = says.flat_map(|statement| {
            statement.values.iter().map(|value| (statement.component, value))
        });
        check_figures(bound, &said.collect::<Vec<_>>(), found);
    }
}

fn check_figures(
    bound: BoundEvent<'_>,
    figures: &[(Component, &Spanned<Value>)],
    found: &mut Vec<Diagnostic>,
) {
    let codebook = bound.binding.codebook;
    let figure = |sought| figures.iter().find(|(component, _)| *component == sought);
    for (component, part) in figures {
        let mut whole = wholes(codebook, *component).into_iter().filter_map(figure);
        if let Some((of, whole)) = whole.find(|(_, whole)| is_above(&part.value, &whole.value)) {
            let name = |component| codebook.component_name(component);
            let message = format!(
                "`{}` is larger than `{}`, of which it is a part",
                name(*component),
                name(*of)
            );
            let text = |component, value| bound.binding.written(component, value).into_owned();
            let at = |span| Location::new(bound.filed.file, span);
            found.push(
                Diagnostic::new(RULE.name, at(part.span), message)
                    .label(format!("the part, {}", text(*component, &part.value)))
                    .also(at(whole.span), format!("the whole, {}", text(*of, &whole.value)))
                    .help("correct the wrong number; the whole includes the part"),
            );
        }
    }
}

/// The fields of which a field counts a part, from narrow to wide.
fn wholes(codebook: &Codebook, component: Component) -> Vec<Component> {
    let whole = |part: &Component| match part {
        Component::Field(position) => {
            codebook.component(&codebook.fields[*position as usize].part_of.as_ref()?.value)
        }
        _ => None,
    };
    // `codebook-fault` makes sure that parts form no circle.
    std::iter::successors(whole(&component), whole).collect()
}

/// Whether a part is certainly larger than its whole, or by the best estimates of both.
fn is_above(part: &Value, whole: &Value) -> bool {
    let (part, whole) = (figures(part), figures(whole));
    let above = |part: Option<Figure>, whole: Option<Figure>| {
        part.zip(whole).is_some_and(|(part, whole)| part > whole)
    };
    above(part.low, whole.high) || above(part.best, whole.best)
}

/// The lowest, best and highest value of a number.
struct Figures {
    low: Option<Figure>,
    best: Option<Figure>,
    high: Option<Figure>,
}

fn figures(value: &Value) -> Figures {
    let [low, best, high] = value.figures();
    // A best value alone is an exact number; beside a bound it is only an estimate.
    Figures {
        low: low.or(best.filter(|_| high.is_none())),
        best,
        high: high.or(best.filter(|_| low.is_none())),
    }
}
