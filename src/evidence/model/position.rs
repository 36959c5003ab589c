//! A position: a value that is coded, said or denied of a component, and who stands behind it.

use std::borrow::Cow;

use strum::IntoStaticStr;

use super::component::Weighed;
use crate::record::Value;
use crate::schema::Component;

/// A value of a component, or the event itself, and who states and who denies it.
#[derive(Clone, Debug)]
pub struct Position<'p> {
    /// The component; of a side of an undirected action, the one that it is coded as or first named as.
    pub component: Component,
    /// The value; `None` for the event itself.
    pub value: Option<&'p Value>,
    /// The strongest reason why it is here.
    pub status: PositionStatus,
    /// The claims that count and state it, or a value inside it.
    pub stating: Weighed<'p>,
    /// The claims that count and deny it, or a value that holds it.
    pub denying: Weighed<'p>,
    /// The values, as claims write them, that are it or lie inside it, sorted.
    pub includes: Vec<Cow<'p, str>>,
    /// The other values that count and exclude it, as they are written, sorted.
    pub excludes: Vec<Cow<'p, str>>,
    /// Whether it excludes a coded value.
    pub contests: bool,
}

/// Why a value is a position: the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum PositionStatus {
    /// The coder judges so.
    Coded,
    /// A claim that counts states it.
    Said,
    /// A claim that counts denies it.
    Denied,
    /// A claim about the series, an actor or a place names it.
    About,
    /// A claim that was withdrawn named it.
    Withdrawn,
}

impl PositionStatus {
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
