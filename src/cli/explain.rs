//! `eventc explain`.

use std::io::{self, Write};

use clap::Args;

use super::markup::text;
use super::{Failure, Outcome, Settings, did_you_mean, layout, print};
use crate::diagnostic::wrapped;
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
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let Some(name) = &self.rule else {
            print::pages(settings, write_list)?;
            return Ok(Outcome::Clean);
        };
        let Some(rule) = Rule::named(name) else {
            let near = spelling::closest(name, RULES.iter().map(|rule| rule.name));
            let near = did_you_mean("", near);
            return Err(Failure(format!("there is no rule `{name}`{near}")));
        };
        print::pages(settings, |out, width| write_page(out, width, rule.page))?;
        Ok(Outcome::Clean)
    }
}

/// Writes the rules, one a line where the line is wide enough.
fn write_list(out: &mut dyn Write, width: usize) -> io::Result<()> {
    let names = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    RULES.iter().try_for_each(|rule| {
        let head = format!("{:names$}  {:7}  ", rule.name, rule.level.name());
        let column = if width < text::NARROW { 4 } else { head.len() };
        text::lines(out, width, &head, column, &rule.summary().into())
    })
}

/// Writes a page of Markdown. Breaks its paragraphs anew if they do not fit.
fn write_page(out: &mut dyn Write, width: usize, page: &str) -> io::Result<()> {
    if width >= layout::LONGEST_LINE {
        return out.write_all(page.as_bytes());
    }
    let (mut blocks, mut in_code, mut goes_on) = (Vec::<(bool, String)>::new(), false, false);
    for line in page.lines() {
        let is_code = in_code || line.starts_with("```");
        in_code ^= line.starts_with("```");
        let begins = is_code || line.is_empty() || line.starts_with("- ") || line.starts_with('#');
        match blocks.last_mut().filter(|_| goes_on && !begins) {
            Some((_, block)) => block.push_str(&format!(" {}", line.trim_start())),
            None => blocks.push((is_code, line.to_owned())),
        }
        goes_on = !begins || line.starts_with("- ");
    }
    blocks.iter().try_for_each(|(is_code, block)| {
        let indent = if block.starts_with("- ") { 2 } else { 0 };
        let width = if *is_code { usize::MAX } else { width };
        wrapped("", indent, block, width).iter().try_for_each(|line| writeln!(out, "{line}"))
    })
}
