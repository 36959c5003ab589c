//! Records broken as people break them.

use super::yaml::{Entry, Node, entry};

/// What is done to a record. Each has one error to be found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Damage {
    MisspeltCode,
    MisspeltKey,
    ImpossibleDate,
    UnclosedBracket,
    DuplicateKey,
    UnknownSource,
}

impl Damage {
    pub(super) const ALL: [Self; 6] = [
        Self::MisspeltCode,
        Self::MisspeltKey,
        Self::ImpossibleDate,
        Self::UnclosedBracket,
        Self::DuplicateKey,
        Self::UnknownSource,
    ];

    /// Breaks a record.
    pub(super) fn apply(self, entries: &mut Vec<Entry>) {
        match self {
            Self::MisspeltCode => set(entries, "action", Node::word("ASSUALT.aerial")),
            Self::MisspeltKey => {
                let certainty = entries.iter_mut().find(|(key, _)| key == "certainty");
                certainty.expect("every record has a certainty").0 = "certianty".to_owned();
            }
            Self::ImpossibleDate => set(entries, "date", Node::word("2019-02-30")),
            Self::UnclosedBracket => set(entries, "date", Node::Raw("[2019-08-20..2019-08-22")),
            Self::DuplicateKey => entries.push(entry("certainty", Node::word("possible"))),
            Self::UnknownSource => {
                let claim = vec![entry("note", Node::word("Never written."))];
                let of_source = entry("reuters-2091-01-01", Node::List(vec![Node::Map(claim)]));
                match entries.iter_mut().find(|(key, _)| key == "claims") {
                    Some((_, Node::Map(sources))) => sources.push(of_source),
                    _ => entries.push(entry("claims", Node::Map(vec![of_source]))),
                }
            }
        }
    }
}

fn set(entries: &mut [Entry], key: &str, value: Node) {
    if let Some(found) = entries.iter_mut().find(|(known, _)| known == key) {
        found.1 = value;
    }
}
