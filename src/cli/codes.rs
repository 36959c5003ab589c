//! `eventc codes`.

mod json;
mod page;

use clap::{Args, ValueEnum};

use super::{Failure, Outcome, Settings, did_you_mean, print, project};
use crate::schema::{self, CodeList, Codebook, Found, Role};
use crate::source::Files;
use crate::{spelling, table};

/// Find a code by its code, other names, label, crosswalk or definition.
///
///   eventc codes plover "air strike"     in one list
///   eventc codes "air strike"            in all lists
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

/// All code lists, of the project and shipped.
struct Lists {
    codebook: Codebook,
    files: Files,
}

/// What was asked for.
enum Answer<'l> {
    Lists,
    List(&'l CodeList),
    Found(Vec<Found<'l>>),
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
        let within = list.map_or_else(|| lists.all(), |list| vec![list]);
        let own_word = Some(first).filter(|_| list.is_none());
        let words: Vec<_> = own_word.into_iter().chain(&self.words).map(String::as_str).collect();
        let words = words.join(" ");
        let found = schema::search(&within, &words);
        if found.is_empty() {
            return Err(lists.nothing_found(first, list, &words));
        }
        Ok(Answer::Found(found))
    }
}

impl Lists {
    /// The lists of the project that the working directory lies in, and the shipped ones.
    fn load() -> Result<Self, Failure> {
        let mut files = Files::default();
        let world = project::find_or_none()?;
        let loaded = schema::load_with_shipped(&*world, &mut files, &table::clashes)?;
        Ok(Self { codebook: loaded.codebook, files })
    }

    /// Every list, those in use first.
    fn all(&self) -> Vec<&CodeList> {
        let used: Vec<_> = self.codebook.lists_in_use().collect();
        let is_used = |list: &CodeList| used.iter().any(|used| used.name == list.name);
        let others = self.codebook.lists.iter().filter(|list| !is_used(list));
        let mut others: Vec<_> = others.collect();
        others.sort_by_key(|list| &list.name);
        used.iter().copied().chain(others).collect()
    }

    /// What the codebook uses a list for: roles and fields.
    fn uses(&self, list: &CodeList) -> Vec<&str> {
        let roles = Role::ALL.into_iter();
        let roles = roles.filter(|role| self.codebook.list(*role).name == list.name);
        let fields = self.codebook.fields.iter();
        let fields = fields.filter(|field| {
            self.codebook.field_list(field).is_some_and(|used| used.name == list.name)
        });
        roles
            .map(|role| -> &str { role.name() })
            .chain(fields.map(|field| field.name.as_str()))
            .collect()
    }

    /// The file of a list, where it is the project's own.
    fn own_file(&self, list: &CodeList) -> Option<&str> {
        let path = self.files.path(list.file);
        (!schema::is_shipped(path)).then_some(path)
    }

    /// A list that another extends.
    fn base(&self, list: &CodeList) -> Option<&CodeList> {
        self.codebook.list_named(list.extends.as_deref()?)
    }

    fn heading(&self, list: &CodeList) -> String {
        let base = self.base(list).map(|base| format!(", extends {}", base.title()));
        let base = base.unwrap_or_default();
        format!("{}{base}: {} codes. {}", list.title(), list.entries().len(), list.origin)
    }

    fn nothing_found(&self, first: &str, list: Option<&CodeList>, words: &str) -> Failure {
        let Some(list) = list else {
            let names = self.codebook.lists.iter().map(|list| list.name.as_str());
            let near = did_you_mean("the list ", spelling::closest(first, names));
            return Failure(format!("no code of any list matches `{words}`{near}"));
        };
        let name = &list.name;
        Failure(format!("no code of `{name}` matches `{words}`; `eventc codes {name}` lists all"))
    }
}
