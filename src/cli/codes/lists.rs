//! The code lists there are, and what is asked of them.

use super::super::{Failure, did_you_mean, project};
use super::names::{self, Entry, Explained};
use crate::schema::{self, CodeList, Codebook, Fit, Found, Role};
use crate::source::{Files, World};
use crate::{spelling, table};

/// Every list there is, those in use first.
pub(super) struct Lists {
    pub(super) codebook: Codebook,
    pub(super) files: Files,
    world: Box<dyn World>,
}

/// What some words mean.
pub(super) struct Meant<'l> {
    pub(super) composite: Option<Explained<'l>>,
    pub(super) codes: Vec<Found<'l>>,
    pub(super) entries: Vec<Entry>,
}

/// What was asked for.
pub(super) enum Answer<'l> {
    Lists,
    List(&'l CodeList),
    Found(Meant<'l>),
}

impl Lists {
    /// The lists of the project that the working directory lies in, and the shipped ones.
    pub(super) fn load() -> Result<Self, Failure> {
        let mut files = Files::default();
        let world = project::find_or_none()?;
        let loaded = schema::load_with_shipped(&*world, &mut files)?;
        Ok(Self { codebook: table::without_clashes(loaded).codebook, files, world })
    }

    /// What words mean, in a list or anywhere. What fits only by its spelling gives way.
    pub(super) fn meant(&self, list: Option<&'_ CodeList>, words: &str) -> Meant<'_> {
        let within = match list {
            Some(list) => self.all().into_iter().filter(|one| one.name == list.name).collect(),
            None => self.all(),
        };
        let mut codes = schema::search(&within, words);
        let (mut composite, mut entries) = (None, Vec::new());
        if list.is_none() {
            composite = names::explain(&self.codebook, words);
            entries = names::entries(&self.codebook, &*self.world, words);
        }
        if composite.is_some() || !entries.is_empty() {
            codes.retain(|found| found.fit != Fit::Spelling);
        }
        Meant { composite, codes, entries }
    }

    /// Every list, those in use first.
    pub(super) fn all(&self) -> Vec<&CodeList> {
        let used: Vec<_> = self.codebook.lists_in_use().collect();
        let is_used = |list: &CodeList| used.iter().any(|used| used.name == list.name);
        let others = self.codebook.lists.iter().filter(|list| !is_used(list));
        let mut others: Vec<_> = others.collect();
        others.sort_by_key(|list| &list.name);
        used.iter().copied().chain(others).collect()
    }

    /// What the codebook uses a list for: roles and fields.
    pub(super) fn uses(&self, list: &CodeList) -> Vec<&str> {
        let roles = Role::ALL.into_iter();
        let roles = roles.filter(|role| self.codebook.list(*role).name == list.name);
        let fields = self.codebook.all_fields();
        let fields = fields.filter(|field| {
            self.codebook.field_list(field).is_some_and(|used| used.name == list.name)
        });
        roles
            .map(|role| -> &str { role.as_str() })
            .chain(fields.map(|field| field.name.as_str()))
            .collect()
    }

    /// The file of a list, where it is the project's own.
    pub(super) fn own_file(&self, list: &CodeList) -> Option<&str> {
        let path = self.files.path(list.file);
        (!schema::is_shipped(path)).then_some(path)
    }

    /// A list that another extends.
    pub(super) fn base(&self, list: &CodeList) -> Option<&CodeList> {
        self.codebook.list_named(list.extends.as_deref()?)
    }

    pub(super) fn heading(&self, list: &CodeList) -> String {
        let base = self.base(list).map(|base| format!(", extends {}", base.title()));
        let base = base.unwrap_or_default();
        let heading =
            format!("{}{base}: {} codes. {}", list.title(), list.entries().len(), list.origin);
        heading.trim_end().to_owned()
    }

    pub(super) fn nothing_found(
        &self,
        first: &str,
        list: Option<&CodeList>,
        words: &str,
    ) -> Failure {
        let Some(list) = list else {
            let names = self.codebook.lists.iter().map(|list| list.name.as_str());
            let near = did_you_mean("the list ", spelling::closest(first, names));
            let nothing =
                format!("no code of a list or entry of a registry matches `{words}`{near}");
            let next = match words.contains(char::is_whitespace) {
                true => "every word must match, so try fewer",
                false => "`eventc new actor NAME` adds an actor",
            };
            return Failure(format!("{nothing}; {next}"));
        };
        let name = &list.name;
        Failure(format!("no code of `{name}` matches `{words}`; `eventc codes {name}` lists all"))
    }
}
