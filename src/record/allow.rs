//! An entry of `allow`: a rule that a record breaks on purpose, for a while.

use serde::{Deserialize, Serialize};

use crate::form::{RuleName, Text, form};
use crate::schema::Codebook;
use crate::source::Spanned;
use crate::value::Date;

form! {
    /// A rule whose findings in a record are not shown, why, and until when.
    #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
    pub struct Allow: "allow entry" in Codebook {
        /// The name of a rule.
        essential rule: Spanned<Box<str>> = RuleName,
        /// Why the record breaks it.
        essential because: Box<str> = Text,
        /// The last day on which it is allowed; then the finding is back.
        essential until: Spanned<Date> = Date,
    }
}
