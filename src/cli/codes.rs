//! `eventc codes`.

mod json;
mod lists;
mod names;
mod page;

use clap::{Args, ValueEnum};

use self::lists::{Answer, Lists};
use super::{Failure, Outcome, Settings, print};

/// Find a code by its code, other names, label, crosswalk or definition; and an entry of a registry.
///
///   eventc codes plover "air strike"     in one list
///   eventc codes "air strike"            in all lists and registries
///   eventc codes IRQPRM                  what a composite code says
///   eventc codes plover                  the whole list
///   eventc codes                         the lists
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Codes {
    /// Name of a code list, or the first word to look for.
    list: Option<String>,
    /// Words to look for; a code must match them all.
    words: Vec<String>,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

/// How codes are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}

impl Codes {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let lists = Lists::load()?;
        let answer = self.answer(&lists)?;
        if let (OutputFormat::Text, Answer::List(list)) = (self.format, &answer) {
            print::line(&lists.heading(list), settings)?;
        }
        match self.format {
            OutputFormat::Json => print::json(&json::of(&lists, &answer))?,
            OutputFormat::Text => {
                print::pages(settings, |out, width| page::write(out, width, &lists, &answer))?;
            }
        }
        Ok(Outcome::Clean)
    }

    fn answer<'l>(&self, lists: &'l Lists) -> Result<Answer<'l>, Failure> {
        let Some(first) = &self.list else {
            return Ok(Answer::Lists);
        };
        let list = lists.codebook.list_named(first);
        if let Some(list) = list.filter(|_| self.words.is_empty()) {
            return Ok(Answer::List(list));
        }
        let own_word = Some(first).filter(|_| list.is_none());
        let words: Vec<_> = own_word.into_iter().chain(&self.words).map(String::as_str).collect();
        let words = words.join(" ");
        let meant = lists.meant(list, &words);
        if meant.codes.is_empty() && meant.entries.is_empty() && meant.composite.is_none() {
            return Err(lists.nothing_found(first, list, &words));
        }
        Ok(Answer::Found(meant))
    }
}
