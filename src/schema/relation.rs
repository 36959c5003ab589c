//! What the list of relations says of them.

use super::{Code, CodeList, ColumnValue};

/// When an event happened, relative to a related one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It came first.
    Before,
    /// It came later.
    After,
    /// They share a day.
    Same,
}

impl Order {
    const ALL: [Self; 3] = [Self::Before, Self::After, Self::Same];

    /// The word in the list.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::Same => "same",
        }
    }

    /// How a relation orders its events, by the column `order` of its list.
    pub fn of(list: &CodeList, relation: Code) -> Option<Self> {
        let ColumnValue::Text(word) = list.value(relation, "order")? else { return None };
        Self::ALL.into_iter().find(|order| order.as_str() == &**word)
    }
}

/// What a relation says in one direction alone, so that no event can lead back to itself by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneWay {
    /// What it says, in words that stand between two events. A relation and its inverse say the same, and so do all
    /// that order events in time.
    pub verb: String,
    /// Whether it applies from the other event to this one.
    pub is_inverse: bool,
}

impl OneWay {
    /// What a relation says; `None` for one that holds in both directions.
    pub fn of(list: &CodeList, relation: Code) -> Option<Self> {
        let before = |is_inverse| Some(Self { verb: "comes before".to_owned(), is_inverse });
        match Order::of(list, relation) {
            Some(Order::Before) => return before(false),
            Some(Order::After) => return before(true),
            Some(Order::Same) | None => {}
        }
        if list.value(relation, "symmetric") != Some(&ColumnValue::Boolean(false)) {
            return None;
        }
        let inverse = match list.value(relation, "inverse") {
            Some(ColumnValue::Text(inverse)) => list.find(inverse),
            _ => None,
        };
        let first = inverse.map_or(relation, |inverse| inverse.min(relation));
        Some(Self { verb: verb(list, first), is_inverse: first != relation })
    }
}

/// A relation in words that stand between two events.
pub fn verb(list: &CodeList, relation: Code) -> String {
    format!("is `{}` to", list.entry(relation).code)
}
