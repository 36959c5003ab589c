//! What a rule is.

use super::cause::Cause;
use crate::dataset::{Binding, BoundEvent, Change, RevisedEvent};
use crate::diagnostic::{Diagnostic, Level};
use crate::evidence::Evidence;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which says what is wrong and reads well after "allow".
    pub name: &'static str,
    /// How bad it is, unless a dataset says otherwise.
    pub level: Level,
    /// Its page: what it does, why it matters, an example and how to fix it.
    pub page: &'static str,
    /// How it finds what it reports.
    pub check: Check,
}

/// How a rule finds what it reports.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// It puts defects of the stages before into words; the module `defects` says which.
    Defect,
    /// It visits each event.
    Event(fn(BoundEvent<'_>, &mut Vec<Diagnostic>)),
    /// It looks at the weighed claims of each event that was read whole.
    Evidence(fn(&Evidence<'_>, &mut Vec<Diagnostic>)),
    /// It looks at `levels` of a dataset and `allow` of its records.
    Allow,
    /// It looks at a dataset as a whole.
    Dataset(fn(Binding<'_>, &mut Vec<Diagnostic>)),
    /// It visits each event, and then the registries.
    Records(fn(BoundEvent<'_>, &mut Vec<Diagnostic>), fn(Binding<'_>, &mut Vec<Diagnostic>)),
    /// It visits each event that was there before a change and still is, where there is a change.
    Revised(fn(RevisedEvent<'_>, &mut Vec<Diagnostic>)),
    /// It looks at a change of the whole project, where there is one, knowing every rule.
    Change(fn(&Change<'_>, &[&Rule], &mut Vec<Cause>)),
}

impl Rule {
    /// Whether a record may allow it, or a dataset choose its level. An error can be
    /// neither allowed nor lowered unless it judges an event that was read and bound whole: what
    /// other errors find would be missing from the tables without a word.
    pub fn is_allowable(&self) -> bool {
        match self.check {
            // A change that lowers the guard must not lower what says so.
            Check::Change(_) => false,
            Check::Event(_) | Check::Evidence(_) => true,
            _ => self.level != Level::Error,
        }
    }

    /// Whether it has a part in a run that does, or does not, know the project as it was before.
    pub fn runs(&self, with_change: bool) -> bool {
        with_change || !matches!(self.check, Check::Revised(_) | Check::Change(_))
    }

    /// The first sentence of its page, which says what it reports.
    pub fn summary(&self) -> &'static str {
        let paragraphs = self.page.split("\n\n");
        let prose =
            paragraphs.map(str::trim).find(|text| !text.is_empty() && !text.starts_with('#'));
        prose.unwrap_or_default()
    }
}
