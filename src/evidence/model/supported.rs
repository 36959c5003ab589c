//! The level of certainty that claims support, and what they lack for stronger ones.

use std::sync::Arc;

use crate::schema::{Code, Codebook, Condition, Role};

/// The level that claims support, and what they lack for stronger ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Supported {
    /// The strongest level that the claims support; `None` where they support none.
    pub level: Option<Code>,
    /// The stronger levels that the policy names, from weaker to stronger.
    pub beyond: Vec<Lacking>,
    /// The step of the weakest level for which the policy asks for anything.
    pub(in crate::evidence) weakest_asked: Option<isize>,
    /// The steps of the scale.
    pub(in crate::evidence) steps: Steps,
}

/// Every ranked level of the certainty scale and its step, from the weakest, 1. Equal ranks are one step.
pub type Steps = Arc<[(Code, isize)]>;

/// A level that claims do not support.
#[derive(Clone, Debug, PartialEq)]
pub struct Lacking {
    /// The level.
    pub level: Code,
    /// What each of its alternatives lacks.
    pub alternatives: Vec<Vec<Unmet>>,
}

/// A condition that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The condition; `None` for what every level needs, a claim that supports the value.
    pub condition: Option<Condition>,
    /// How many there are of what it counts; 0 for conditions that count nothing.
    pub found: usize,
}

impl Supported {
    /// Coded level minus supported level, in scale steps. `None` where the coded level has no rank,
    /// or nothing is supported and the policy asks for nothing that the coded level must rest on.
    pub(super) fn excess(&self, coded: Code) -> Option<isize> {
        let step =
            |level| self.steps.iter().find(|(known, _)| *known == level).map(|(_, step)| *step);
        let coded = step(coded)?;
        match self.level {
            Some(level) => Some(coded - step(level)?),
            None => self.weakest_asked.is_some_and(|asked| coded >= asked).then_some(coded),
        }
    }
}

impl Lacking {
    /// What is needed, and how much of it was found.
    pub fn needs(&self, codebook: &Codebook) -> String {
        let alternative = |unmet: &Vec<Unmet>| {
            let needed: Vec<_> = unmet.iter().map(|unmet| unmet.needed(codebook)).collect();
            needed.join(" and ")
        };
        let alternatives: Vec<_> = self.alternatives.iter().map(alternative).collect();
        alternatives.join(", or ")
    }
}

impl Unmet {
    fn needed(self, codebook: &Codebook) -> String {
        let Self { condition, found } = self;
        match condition {
            None => "a claim that supports it".to_owned(),
            Some(Condition::Voices(1)) => format!("1 voice ({found} found)"),
            Some(Condition::Voices(least)) => format!("{least} voices ({found} found)"),
            Some(Condition::Named) => "a supporter with a name".to_owned(),
            Some(Condition::OwnVoice(1)) => {
                format!("1 publisher in its own voice ({found} found)")
            }
            Some(Condition::OwnVoice(least)) => {
                format!("{least} publishers in their own voice ({found} found)")
            }
            Some(Condition::Admitted) => "the actor's own word".to_owned(),
            Some(Condition::Investigation) => "an investigation".to_owned(),
            Some(Condition::Reliability(least)) => {
                let code = &codebook.list(Role::SourceReliability).entry(least).code;
                format!("a supporting source of reliability {code} or better")
            }
            Some(Condition::Uncontested) => format!("no opposition ({found} opposing)"),
        }
    }
}
