//! Running the rules.

use rayon::prelude::*;

use super::{Check, DefectPlace, RULES, Rule};
use crate::dataset::{Binding, BoundEvent, Dataset};
use crate::diagnostic::{Diagnostic, Findings, Sink};
use crate::form::FileDefects;
use crate::schema::Codebook;
use crate::source::Files;

/// Runs every rule over a project and returns the findings in the order of the files.
pub fn run(
    codebook: &Codebook,
    schema: &[FileDefects],
    datasets: &[Dataset],
    files: &Files,
) -> Findings {
    let mut sink = Sink::new();
    word_defects(codebook, schema, &mut sink);
    for dataset in datasets {
        word_defects(codebook, &dataset.files, &mut sink);
        let binding = Binding { codebook, dataset };
        for rule in RULES {
            push_all(rule, findings(rule, binding), &mut sink);
        }
    }
    sink.finish(files)
}

fn findings(rule: &Rule, binding: Binding<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match rule.check {
        Check::Defect(_) => {}
        Check::Event(check) => found = visit_events(check, binding),
        Check::Dataset(check) => check(binding, &mut found),
        Check::Records(event, registries) => {
            found = visit_events(event, binding);
            registries(binding, &mut found);
        }
    }
    found
}

fn word_defects(codebook: &Codebook, files: &[FileDefects], sink: &mut Sink) {
    for FileDefects { file, defects } in files {
        for defect in defects {
            let place = DefectPlace { codebook, file: *file, span: defect.span };
            for rule in RULES {
                if let Check::Defect(words) = rule.check
                    && let Some(found) = words(&defect.value, place)
                {
                    sink.push(rule.level, found);
                    break;
                }
            }
        }
    }
}

/// Visits the events on all cores; the findings are in the order of the events.
fn visit_events(
    check: fn(BoundEvent<'_>, &mut Vec<Diagnostic>),
    binding: Binding<'_>,
) -> Vec<Diagnostic> {
    let visit = |filed| {
        let mut found = Vec::new();
        check(BoundEvent { binding, filed }, &mut found);
        found
    };
    binding.dataset.events.par_iter().flat_map_iter(visit).collect()
}

fn push_all(rule: &Rule, found: Vec<Diagnostic>, sink: &mut Sink) {
    for diagnostic in found {
        sink.push(rule.level, diagnostic);
    }
}
