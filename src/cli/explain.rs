//! `eventc explain`.

use clap::Args;

use super::{Failure, Outcome, did_you_mean, print};
use crate::rules::{RULES, Rule};
use crate::spelling;

/// Print the page of a rule, or list all rules.
///
///   eventc explain unknown-code
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Explain {
    /// Name of a rule [default: list them all].
    rule: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let Some(name) = &self.rule else {
            let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            for rule in RULES {
                let summary = rule.summary().replace('\n', " ");
                let (name, level) = (rule.name, rule.level.name());
                print::output_line(&format!("{name:width$}  {level:7}  {summary}"))?;
            }
            return Ok(Outcome::Clean);
        };
        let Some(rule) = Rule::named(name) else {
            let near = spelling::closest(name, RULES.iter().map(|rule| rule.name));
            let near = did_you_mean("", near);
            return Err(Failure(format!("there is no rule `{name}`{near}")));
        };
        print::page(rule.page)?;
        Ok(Outcome::Clean)
    }
}
