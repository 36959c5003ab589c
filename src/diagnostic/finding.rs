//! One finding: where, what, and how to fix it.

use serde::{Deserialize, Serialize};

use crate::source::{FileId, Location};

use super::Printable;

/// How serious a finding is. The worst level sorts first.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Level {
    /// The record is wrong; the run ends with exit status 1.
    Error,
    /// The record may be wrong.
    Warning,
    /// Worth knowing.
    Info,
}

impl Level {
    /// Every level, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The word for it in every output and in `dataset.yaml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A finding.
///
/// It holds places, not text: a renderer reads the text when it prints.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    /// Name of the rule that found it. It is not written with the rest: only the rules know their names.
    #[serde(skip)]
    pub rule: &'static str,
    /// Its level. [`super::Sink::push`] sets it to the choice of the dataset, or else to the default of
    /// the rule.
    pub level: Level,
    /// What is wrong: one lower-case phrase that stands alone, values in backticks.
    pub message: Printable,
    /// Where the symptom is.
    pub location: Location,
    /// The label at that place, if the message does not say it all.
    pub label: Option<Printable>,
    /// Other places that explain it, in this file or others, in reading order.
    pub labels: Vec<Label>,
    /// What to write instead, as text.
    pub help: Vec<Printable>,
    /// What to write instead, as edits.
    pub fix: Option<Fix>,
}

/// A place that explains a finding.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Label {
    /// The place.
    pub location: Location,
    /// How it relates to the finding.
    pub message: Printable,
}

/// Edits that fix a finding.
///
/// A fix is *safe* if the written text can mean only one thing to somebody who knows the format, and the
/// edits write that: a date such as `2019-8-2`, a code that its list has replaced, quotes around a text.
/// It is a *guess* if it writes the only similar code or name, because another word may have been meant.
/// A single slip is safe to fix only in a closed set that the format defines, such as the keys of an
/// event. `docs/fixes.md` says what neither may do.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fix {
    /// Whether the written text has only one meaning. Otherwise the fix is a guess, applied on request.
    pub safe: bool,
    /// What it does, as shown in the help line: "did you mean `ASSAULT.aerial`?".
    pub title: Printable,
    /// The edits. They do not overlap, and either all or none are applied.
    pub edits: Vec<Edit>,
}

/// A replacement of bytes in a file.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edit {
    /// The bytes that are replaced; empty if the edit only inserts.
    pub location: Location,
    /// The exact text for the file. It is cleaned only when shown.
    pub text: String,
}

impl Diagnostic {
    /// A finding of `rule` at `location`. It is an error until a sink sets its level.
    pub fn new(rule: &'static str, location: Location, message: impl Into<Printable>) -> Self {
        Self {
            rule,
            level: Level::Error,
            message: message.into(),
            location,
            label: None,
            labels: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Sets the label at the place of the symptom.
    #[must_use]
    pub fn label(mut self, message: impl Into<Printable>) -> Self {
        self.label = Some(message.into());
        self
    }

    /// Adds another place with a label.
    #[must_use]
    pub fn also(mut self, location: Location, message: impl Into<Printable>) -> Self {
        self.labels.push(Label { location, message: message.into() });
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, message: impl Into<Printable>) -> Self {
        self.help.push(message.into());
        self
    }

    /// Gives each file that it points at the number that it has now.
    pub fn renumber(&mut self, number: &impl Fn(FileId) -> FileId) {
        let edits = self.fix.iter_mut().flat_map(|fix| &mut fix.edits);
        let places = self.labels.iter_mut().map(|label| &mut label.location);
        let places = places.chain(edits.map(|edit| &mut edit.location));
        for place in places.chain([&mut self.location]) {
            place.file = number(place.file);
        }
    }

    /// The help lines: first what the fix does, then the others.
    pub fn all_help(&self) -> impl Iterator<Item = &Printable> {
        self.fix.iter().map(|fix| &fix.title).chain(&self.help)
    }

    /// Adds a fix.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

impl Fix {
    /// A safe fix.
    pub fn safe(title: impl Into<Printable>) -> Self {
        Self { safe: true, title: title.into(), edits: Vec::new() }
    }

    /// A fix that is a guess.
    pub fn guess(title: impl Into<Printable>) -> Self {
        Self { safe: false, ..Self::safe(title) }
    }

    /// Replaces the text at `location` by `text`.
    #[must_use]
    pub fn replace(mut self, location: Location, text: impl Into<String>) -> Self {
        self.edits.push(Edit { location, text: text.into() });
        self
    }
}
