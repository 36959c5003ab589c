//! What a level of certainty must rest on.

use super::code::Code;
use super::code_list::CodeList;
use super::component::Component;
use crate::source::Location;

/// Most voices that are counted; there are no more independent reports of any event. It bounds the
/// search for them.
pub const MOST_VOICES: u32 = 100;

/// What the levels of the certainty scale must rest on. A component without levels is not weighed.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The levels of every component that has none of its own.
    pub default: Vec<Level>,
    /// The levels of single components.
    pub of_components: Vec<(Component, Vec<Level>)>,
}

impl Policy {
    /// The components that a policy can be for, in the order in which it names them.
    pub const COMPONENTS: [Component; 5] = [
        Component::Event,
        Component::Actor,
        Component::Action,
        Component::Target,
        Component::Location,
    ];

    /// The names of these components.
    pub(super) const NAMES: [&str; Self::COMPONENTS.len()] = {
        let mut names = [""; Self::COMPONENTS.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::COMPONENTS[at].core_name().expect("a core component");
            at += 1;
        }
        names
    };

    /// Whether it asks for anything. Without a policy claims are not weighed.
    pub fn is_empty(&self) -> bool {
        self.default.is_empty() && self.of_components.is_empty()
    }

    /// The levels of a component, in the order written.
    pub fn levels(&self, component: Component) -> &[Level] {
        if !Self::COMPONENTS.contains(&component) {
            return &[];
        }
        let own = self.of_components.iter().find(|(known, _)| *known == component);
        own.map_or(&self.default, |(_, levels)| levels)
    }
}

/// A level of the certainty scale and what it must rest on.
#[derive(Clone, Debug)]
pub struct Level {
    /// The level, a code of the certainty list.
    pub certainty: Code,
    /// What it may rest on: all conditions of any one of these.
    pub alternatives: Vec<Vec<Condition>>,
    /// The policy line.
    pub location: Location,
}

/// A condition on the claims that support a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// At least so many supporters that share neither claimant nor publisher.
    Voices(u32),
    /// A supporter who is not anonymous.
    Named,
    /// At least so many publishers say so themselves.
    OwnVoice(u32),
    /// The actor itself says so.
    Admitted,
    /// An investigation says so.
    Investigation,
    /// A source at least so reliable: a code of the source reliability list.
    Reliability(Code),
    /// Nobody else says otherwise.
    Uncontested,
}

/// The lists that a policy takes its codes from.
#[derive(Clone, Copy)]
pub(super) struct Scales<'l> {
    /// The list of the levels.
    pub certainty: &'l CodeList,
    /// The list of how reliable a source is.
    pub reliability: &'l CodeList,
}
