//! A number that is larger than the whole of which it counts a part.

use crate::dataset::{Binding, BoundEvent, EntryFields};
use crate::diagnostic::Diagnostic;
use crate::record::{FieldValues, Stance, Value};
use crate::schema::{Codebook, Component, Field, FieldOn};
use crate::source::{FileId, Location, Spanned};
use crate::value::Figure;

rule!("part-above-whole", Error, Records(check, check_registries));

/// Checks the coded numbers, those of each participant and those of each claim separately. Claims may
/// contradict each other, but a single count cannot exceed its whole.
fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let (event, file) = (&bound.filed.event, bound.filed.file);
    let codebook = bound.binding.codebook;
    let coded = event.all_coded().iter();
    let coded = coded.filter_map(|coded| Some((field(codebook, coded.component)?, &coded.value)));
    check_figures(codebook, file, &coded.collect::<Vec<_>>(), found);
    for coded in event.all_coded() {
        check_fields(codebook, file, (FieldOn::Participant, &coded.fields), found);
    }
    for claim in &event.claims {
        let says = claim.statements.iter().filter(|statement| statement.stance == Stance::Says);
        let said = says.filter_map(|said| Some((field(codebook, said.component)?, &said.values)));
        let said = said.flat_map(|(field, values)| values.iter().map(move |value| (field, value)));
        check_figures(codebook, file, &said.collect::<Vec<_>>(), found);
    }
}

/// Checks the numbers of each entry.
fn check_registries(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let (codebook, dataset) = (binding.codebook, binding.dataset);
    for EntryFields { on, file, values, .. } in dataset.entry_fields() {
        check_fields(codebook, file, (on, values), found);
    }
}

fn field(codebook: &Codebook, component: Component) -> Option<&Field> {
    match component {
        Component::Field(position) => Some(codebook.field(position)),
        _ => None,
    }
}

fn check_fields(
    codebook: &Codebook,
    file: FileId,
    (on, values): (FieldOn, &FieldValues),
    found: &mut Vec<Diagnostic>,
) {
    let figures: Vec<_> = values.of(codebook.fields(on)).collect();
    check_figures(codebook, file, &figures, found);
}

fn check_figures(
    codebook: &Codebook,
    file: FileId,
    figures: &[(&Field, &Spanned<Value>)],
    found: &mut Vec<Diagnostic>,
) {
    let figure = |sought: &Field| figures.iter().find(|(field, _)| field.name == sought.name);
    for (field, part) in figures {
        let mut whole = wholes(codebook, field).into_iter().filter_map(figure);
        if let Some((of, whole)) = whole.find(|(_, whole)| is_above(&part.value, &whole.value)) {
            let (name, of) = (&field.name, &of.name);
            let message = format!("`{name}` is larger than `{of}`, of which it is a part");
            let text = |value: &Value| value.text().unwrap_or_default().into_owned();
            let at = |span| Location::new(file, span);
            found.push(
                Diagnostic::new(RULE.name, at(part.span), message)
                    .label(format!("the part, {}", text(&part.value)))
                    .also(at(whole.span), format!("the whole, {}", text(&whole.value)))
                    .help("correct the wrong number; the whole includes the part"),
            );
        }
    }
}

/// The fields of which a field counts a part, from narrow to wide.
fn wholes<'c>(codebook: &'c Codebook, field: &Field) -> Vec<&'c Field> {
    let fields = codebook.fields(field.on);
    let whole = |part: &Field| {
        let whole = &part.part_of.as_ref()?.value;
        fields.iter().find(|field| *field.name == **whole)
    };
    // `codebook-fault` makes sure that parts form no circle.
    std::iter::successors(whole(field), |part| whole(part)).collect()
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
