//! A certainty that the coder justifies with a reason.

use super::weighing::{Judged, by_level, finding, judged};
use crate::diagnostic::Diagnostic;
use crate::evidence::Evidence;

rule!("reasoned-certainty", Info, Evidence(check));

fn check(evidence: &Evidence<'_>, found: &mut Vec<Diagnostic>) {
    let reasoned = judged(evidence).filter(|judged| judged.exceeds() && judged.because.is_some());
    found.extend(by_level(reasoned).iter().filter_map(|judged| diagnostic(judged)));
}

fn diagnostic(judged: &[Judged<'_>]) -> Option<Diagnostic> {
    let first = judged.first()?;
    let coded = first.code_of(first.certainty);
    let message = |what: &str| match judged {
        [one] => format!(
            "{what} coded `{coded}` for the coder's reason; its claims support {}",
            one.only_supported()
        ),
        _ => format!("{what} coded `{coded}` for the coder's reason; their claims support less"),
    };
    let found = finding(RULE.name, judged, message, Judged::needs)?;
    Some(found.help(format!("the reason is published: {}", first.because.unwrap_or_default())))
}
