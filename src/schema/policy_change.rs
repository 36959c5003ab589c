//! Whether a policy asks for less than another.

use super::{Code, Codebook, Component, Condition, Policy, Role};

/// A level of certainty that may rest on less than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weakened {
    /// The component.
    pub component: Component,
    /// The level, as the codebook of now codes it.
    pub level: Code,
}

/// For each component and level, the conditions that would do: all of any one of these lists. `None`
/// where the policy says nothing, so that everything would.
type Asked = Option<Vec<Vec<Condition>>>;

/// The levels for which something that was not enough for a policy may now be, by component. A level
/// that the scale did not have before is none of them.
pub fn weakened(before: &Codebook, after: &Codebook) -> Vec<Weakened> {
    let (was, is) = (before.list(Role::Certainty), after.list(Role::Certainty));
    let mut weakened = Vec::new();
    for component in Policy::COMPONENTS {
        for level in is.codes().filter(|code| is.rank(*code).is_some()) {
            let Some(old) = was.find(&is.entry(level).code) else { continue };
            let (Some(then), now) = (asked(before, component, old), asked(after, component, level))
            else {
                continue;
            };
            let is_enough = |lists: &Vec<Vec<Condition>>| {
                lists.iter().any(|list| !then.iter().any(|old| implies(after, list, before, old)))
            };
            if now.as_ref().is_none_or(is_enough) {
                weakened.push(Weakened { component, level });
            }
        }
    }
    weakened
}

/// What a policy asks for. A level that it does not name rests on what the next weaker one rests on
/// that it names, or on any support; and where a stronger level is supported, so is this one.
fn asked(codebook: &Codebook, component: Component, level: Code) -> Asked {
    let policy = codebook.policy.levels(component);
    if policy.is_empty() {
        return None;
    }
    let scale = codebook.list(Role::Certainty);
    let rank = scale.rank(level);
    let named = policy.iter().map(|asked| scale.rank(asked.certainty));
    let Some(own) = named.filter(|named| *named <= rank).max() else { return Some(vec![vec![]]) };
    let enough = policy.iter().filter(|asked| scale.rank(asked.certainty) >= own);
    Some(enough.flat_map(|asked| asked.alternatives.iter().cloned()).collect())
}

/// Whether all conditions of a list hold wherever those of another do.
fn implies(now: &Codebook, list: &[Condition], then: &Codebook, old: &[Condition]) -> bool {
    old.iter().all(|old| list.iter().any(|new| is_as_strong((now, *new), (then, *old))))
}

fn is_as_strong((now, new): (&Codebook, Condition), (then, old): (&Codebook, Condition)) -> bool {
    let rank = |codebook: &Codebook, code| codebook.list(Role::SourceReliability).rank(code);
    match (new, old) {
        (Condition::Voices(new) | Condition::OwnVoice(new), Condition::Voices(old))
        | (Condition::OwnVoice(new), Condition::OwnVoice(old)) => new >= old,
        (Condition::Reliability(new), Condition::Reliability(old)) => {
            rank(now, new) >= rank(then, old)
        }
        (new, old) => new == old,
    }
}
