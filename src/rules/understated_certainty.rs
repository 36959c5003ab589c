//! A certainty far below what the claims carry.

use super::weighing::judged;
use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::Evidence;

pub(super) static RULE: Rule = Rule {
    name: "understated-certainty",
    level: Level::Info,
    page: include_str!("understated_certainty.md"),
    check: Check::Evidence(check),
};

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let understated =
        judged(evidence).filter(|judged| judged.falls_far_short() && judged.because.is_none());
    for judged in understated {
        let coded = judged.code_of(judged.certainty);
        let carried = judged.carried_code().unwrap_or_default();
        let message =
            format!("{} is coded `{coded}`, while its claims carry `{carried}`", judged.what());
        let origins = judged.weighed.supporting.origins.len();
        let label = match origins {
            1 => "1 origin supports it".to_owned(),
            more => format!("{more} origins support it"),
        };
        let diagnostic = Diagnostic::new(RULE.name, judged.place, message).label(label);
        let help = "raise it, or say as `because:` why the claims convince so little";
        found.push(diagnostic.help(help));
    }
}
