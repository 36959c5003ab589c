//! One finding: where, what, and how to fix it.

use crate::source::Location;

use super::Printable;

/// How much a finding weighs. The worst orders first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Name of the rule that found it.
    pub rule: &'static str,
    /// Its weight. A rule does not choose it: [`super::Sink::push`] sets it to what the dataset
    /// says, or else to the rule's default.
    pub level: Level,
    /// What is wrong: one lower-case phrase that stands alone, values in backticks.
    pub message: Printable,
    /// Where the symptom is.
    pub location: Location,
    /// What to say at that place, if the message does not say it.
    pub label: Option<Printable>,
    /// Other places that explain it, in this file or others, in the order of the telling.
    pub labels: Vec<Label>,
    /// What to write instead, in words.
    pub help: Vec<Printable>,
    /// What to write instead, as edits.
    pub fix: Option<Fix>,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub location: Location,
    /// What it has to do with the finding.
    pub message: Printable,
}

/// Edits that fix a finding.
///
/// A fix is *safe* if whoever knows the format can read what was written in one way only, and the
/// edits write that: `2019-8-2` as a date, a code that its list has replaced, a text that is put in
/// quotes. It is a *guess* where it writes the only code or name that is near: what is near may still
/// be another word. Only of a closed set that the format itself defines, such as the keys of an event,
/// is a single slip safe to fix. `docs/fixes.md` says what neither may do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// Whether what was written has one meaning only. An unsafe fix is a guess, applied on request.
    pub safe: bool,
    /// What it does, as the help line says it: "did you mean `ASSAULT.aerial`?".
    pub title: Printable,
    /// The edits. They do not overlap, and all are applied or none.
    pub edits: Vec<Edit>,
}

/// A replacement of bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; a point where the edit only inserts.
    pub location: Location,
    /// Exactly what goes into the file. Cleaned only when shown.
    pub text: String,
}

impl Diagnostic {
    /// A finding of `rule` at `location`, an error until a sink says otherwise.
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

    /// Says `message` at the place of the symptom.
    #[must_use]
    pub fn label(mut self, message: impl Into<Printable>) -> Self {
        self.label = Some(message.into());
        self
    }

    /// Points at another place as well.
    #[must_use]
    pub fn also(mut self, location: Location, message: impl Into<Printable>) -> Self {
        self.labels.push(Label { location, message: message.into() });
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, message: impl Into<Printable>) -> Self {
        self.help.push(message.into());
        self
    }

    /// What to write instead, in words: first what the fix does, then the rest.
    pub fn all_help(&self) -> impl Iterator<Item = &Printable> {
        self.fix.iter().map(|fix| &fix.title).chain(&self.help)
    }

    /// Offers edits.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

impl Fix {
    /// A fix with one meaning.
    pub fn safe(title: impl Into<Printable>) -> Self {
        Self { safe: true, title: title.into(), edits: Vec::new() }
    }

    /// A fix that is a guess.
    pub fn guess(title: impl Into<Printable>) -> Self {
        Self { safe: false, ..Self::safe(title) }
    }

    /// Replaces what stands at `location` by `text`.
    #[must_use]
    pub fn replace(mut self, location: Location, text: impl Into<String>) -> Self {
        self.edits.push(Edit { location, text: text.into() });
        self
    }
}
