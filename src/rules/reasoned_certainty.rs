//! A certainty that rests on the coder's reason.

use super::weighing::judged;
use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::Evidence;

pub(super) static RULE: Rule = Rule {
    name: "reasoned-certainty",
    level: Level::Info,
    page: include_str!("reasoned_certainty.md"),
    check: Check::Evidence(check),
};

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    for judged in judged(evidence).filter(|judged| judged.exceeds()) {
        let Some(because) = judged.because else { continue };
        let coded = judged.code_of(judged.certainty);
        let carried = judged.carried_code().unwrap_or("no level");
        let message = format!(
            "{} is coded `{coded}` by the coder's reason; its claims carry `{carried}`",
            judged.what()
        );
        let diagnostic = Diagnostic::new(RULE.name, judged.place, message).label(judged.needs());
        found.push(diagnostic.help(format!("the reason is published: {because}")));
    }
}
