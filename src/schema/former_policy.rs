//! Reading a policy in its former form: levels for all components alike, each with conditions that
//! add to those of the weaker levels.

use super::code::Code;
use super::code_list::CodeList;
use super::policy::{Condition, Level, MOST_VOICES, Policy, Scales};
use crate::source::{FileId, Location};
use crate::syntax::{Content, Node};

/// A policy in its former form, read as it is written today.
pub(super) struct FormerPolicy {
    /// The policy.
    pub(super) policy: Policy,
    /// How it is written today, on one line.
    pub(super) text: String,
}

/// Reads a policy in its former form; `None` where it is not one that says clearly what it asks for.
pub(super) fn read_former(
    node: Node<'_>,
    file: FileId,
    scales: Scales<'_>,
) -> Option<FormerPolicy> {
    let Content::Mapping(mapping) = node.content() else { return None };
    let mut levels = Vec::new();
    for entry in mapping.entries() {
        let certainty = scales.certainty.find(scalar(entry.key)?)?;
        let rank = scales.certainty.rank(certainty)?;
        let conditions = conditions(entry.value, scales.reliability)?;
        let location = Location::new(file, entry.key.span().to(entry.value.span()));
        levels.push((rank, Level { certainty, alternatives: vec![conditions], location }));
    }
    // The weakest first: each level asked for all that the weaker ones did.
    levels.sort_by_key(|(rank, _)| *rank);
    let mut asked: Vec<Condition> = Vec::new();
    for (_, level) in &mut levels {
        for condition in level.alternatives.concat() {
            ask(&mut asked, condition, scales.reliability);
        }
        level.alternatives = vec![asked.clone()];
    }
    let default: Vec<_> = levels.into_iter().rev().map(|(_, level)| level).collect();
    let written: Vec<_> = default.iter().map(|level| written(level, scales)).collect();
    let text = format!("default: {{{}}}", written.join(", "));
    (!default.is_empty())
        .then(|| FormerPolicy { policy: Policy { default, of_components: Vec::new() }, text })
}

fn scalar(node: Node<'_>) -> Option<&str> {
    match node.content() {
        Content::Scalar(scalar) if !node.damaged() => Some(scalar.text),
        _ => None,
    }
}

/// The conditions of a level; so many origins and so many claimants are so many voices.
fn conditions(node: Node<'_>, reliability: &CodeList) -> Option<Vec<Condition>> {
    let Content::Mapping(mapping) = node.content() else { return None };
    let mut conditions = Vec::new();
    for entry in mapping.entries() {
        let value = scalar(entry.value)?;
        let flag = |condition| match value {
            "true" => Some(Some(condition)),
            "false" => Some(None),
            _ => None,
        };
        let condition = match scalar(entry.key)? {
            "origins" | "claimants" => {
                let least = value.parse().ok().filter(|least| (1..=MOST_VOICES).contains(least))?;
                Some(Condition::Voices(least))
            }
            "named" => flag(Condition::Named)?,
            "admitted" => flag(Condition::Admitted)?,
            "unopposed" => flag(Condition::Uncontested)?,
            "reliability" => {
                let code = reliability.find(value)?;
                reliability.rank(code)?;
                Some(Condition::Reliability(code))
            }
            _ => return None,
        };
        if let Some(condition) = condition {
            ask(&mut conditions, condition, reliability);
        }
    }
    Some(conditions)
}

/// Adds a condition to others, of which one of its kind may be weaker or stronger.
fn ask(asked: &mut Vec<Condition>, new: Condition, reliability: &CodeList) {
    let stronger = |code: Code, other: Code| match reliability.rank(code) > reliability.rank(other)
    {
        true => code,
        false => other,
    };
    for known in asked.iter_mut() {
        match (*known, new) {
            (Condition::Voices(one), Condition::Voices(other)) => {
                *known = Condition::Voices(one.max(other));
                return;
            }
            (Condition::Reliability(one), Condition::Reliability(other)) => {
                *known = Condition::Reliability(stronger(one, other));
                return;
            }
            (one, other) if one == other => return,
            _ => {}
        }
    }
    asked.push(new);
}

fn written(level: &Level, scales: Scales<'_>) -> String {
    let word = |condition: &Condition| match condition {
        Condition::Voices(least) => format!("voices: {least}"),
        Condition::OwnVoice(least) => format!("own_voice: {least}"),
        Condition::Named => "named: true".to_owned(),
        Condition::Admitted => "admitted: true".to_owned(),
        Condition::Investigation => "investigation: true".to_owned(),
        Condition::Reliability(code) => {
            format!("reliability: {}", scales.reliability.entry(*code).code)
        }
        Condition::Uncontested => "uncontested: true".to_owned(),
    };
    let conditions: Vec<_> = level.alternatives.iter().flatten().map(word).collect();
    let certainty = &scales.certainty.entry(level.certainty).code;
    format!("{certainty}: {{{}}}", conditions.join(", "))
}
