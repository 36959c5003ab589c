//! The type of a rule.

use super::cause::Cause;
use super::gathered::Gathered;
use crate::dataset::{Binding, BoundEvent, Change, RevisedEvent};
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::Evidence;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which says what is wrong and makes sense after "allow".
    pub name: &'static str,
    /// The level of its findings, unless a dataset chooses another.
    pub level: Level,
    /// Its page in Markdown: what it reports, why that matters, an example and how to fix it.
    pub page: &'static str,
    /// What it looks at.
    pub check: Check,
    /// What it looks at across events, in addition.
    pub across: Option<Across>,
}

/// A comparison of events. A shard leaves it out, for it has only some.
#[derive(Clone, Copy, Debug)]
pub struct Across {
    /// Looks at a dataset as a whole, and at what was gathered from its events.
    pub check: fn(Binding<'_>, &Gathered<'_>, &mut Vec<Diagnostic>),
    /// The same in SQL, on the tables of all shards: rule, event, file and line of each finding. What is no event has the
    /// id of an entry in place of it.
    pub query: &'static str,
    /// What is said of an event that it finds, which stands for `{}`.
    pub says: &'static str,
}

/// What a rule looks at to find what it reports: what one file or record says, or one event with the registries. What
/// several events say together is for [`Across`].
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// It reports defects of earlier stages; the module `defects` says which.
    Defect,
    /// It reports defects of the project that belong to no dataset.
    Project,
    /// It visits each event.
    Event(fn(BoundEvent<'_>, &mut Vec<Diagnostic>)),
    /// It looks at the weighed claims of each event that was read completely, where the codebook has
    /// a policy.
    Evidence(fn(&Evidence<'_>, &mut Vec<Diagnostic>)),
    /// It looks at `levels` of a dataset and `allow` of its records.
    Allow,
    /// It looks at the registries of a dataset, or at the names of files, one by one.
    Registries(fn(Binding<'_>, &mut Vec<Diagnostic>)),
    /// It looks at what each event names, and at the registries.
    Gathered(fn(Binding<'_>, &Gathered<'_>, &mut Vec<Diagnostic>)),
    /// It looks at nothing but what it compares across events.
    Nothing,
    /// It visits each event, and then looks at the registries.
    Records(fn(BoundEvent<'_>, &mut Vec<Diagnostic>), fn(Binding<'_>, &mut Vec<Diagnostic>)),
    /// It visits each event that exists before and after a change, if there is a change.
    Revised(fn(RevisedEvent<'_>, &mut Vec<Diagnostic>)),
    /// It looks at a change of the whole project, if there is one. It gets every rule.
    Change(fn(&Change<'_>, &[&Rule], &mut Vec<Cause>)),
}

impl Rule {
    /// Whether a record may allow it, and a dataset choose its level. An error is allowable only if it
    /// judges an event that was read and bound completely. What other errors report would silently be
    /// missing from the tables.
    pub fn is_allowable(&self) -> bool {
        match self.check {
            // A change that weakens the checks must not hide the finding about it. What belongs to no
            // dataset, none can choose a level for.
            Check::Change(_) | Check::Project => false,
            Check::Event(_) | Check::Records(..) | Check::Evidence(_) => true,
            _ => self.level != Level::Error,
        }
    }

    /// Whether it takes part in a run with or without an earlier state of the project.
    pub fn runs(&self, with_change: bool) -> bool {
        with_change || !matches!(self.check, Check::Revised(_) | Check::Change(_))
    }

    /// The first paragraph of its page, which says what it reports.
    pub fn summary(&self) -> &'static str {
        let paragraphs = self.page.split("\n\n");
        let prose =
            paragraphs.map(str::trim).find(|text| !text.is_empty() && !text.starts_with('#'));
        prose.unwrap_or_default()
    }
}
