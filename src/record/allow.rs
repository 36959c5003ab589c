//! An entry of `allow`: a rule that a record breaks on purpose, for a while.

use super::Reader;
use crate::form::shape::{self, Formed, OfForm, Reference, Text};
use crate::form::{Form, Key, Opened};
use crate::schema::Codebook;
use crate::source::Spanned;
use crate::value::Date;

/// A rule whose findings in a record are not shown, why, and until when.
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// The rule's name.
    pub rule: Spanned<Box<str>>,
    /// The reason.
    pub because: Box<str>,
    /// The last day on which it holds, as far as the date allows.
    pub until: Spanned<Date>,
}

static ALLOW_ENTRY: Form =
    Form { name: "allow entry", keys: &[RULE.info(), BECAUSE.info(), UNTIL.info()] };

const RULE: Key<Reference<shape::Rule>> = Key::required("rule", "The name of a rule.");
const BECAUSE: Key<Text> = Key::required("because", "Why the record breaks it.");
const UNTIL: Key<shape::Date> =
    Key::required("until", "The last day on which it is allowed; then the finding is back.");

impl OfForm for Allow {
    const FORM: &'static Form = &ALLOW_ENTRY;
}

impl Formed<Codebook> for Allow {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let rule = opened.get(&RULE, reader).into_spanned();
        let because = opened.get(&BECAUSE, reader).into_value();
        let until = opened.get(&UNTIL, reader).into_spanned();
        Some(Self { rule: rule?, because: because?, until: until? })
    }
}
