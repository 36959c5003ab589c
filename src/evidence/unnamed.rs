//! Words for people that say what they are and not who.

use crate::dataset::Binding;
use crate::record::{ActorKind, Claim, Claimant, Referent};
use crate::source::Span;

/// What sources are called of whom only the kind is told, in the singular: the words that news
/// agencies attribute statements to when they withhold a name. Spokesmen and ministries are not
/// among them, because a reader can find out who that is.
const KINDS: &[&str] =
    &["commander", "diplomat", "eyewitness", "official", "resident", "source", "witness"];

/// Words that say openly that a name is withheld or not known, whoever it is.
const OPENLY: &[&str] = &["anonymous", "undisclosed", "unidentified", "unnamed"];

/// Words with a capital that name a part of the world and nobody in it.
const REGIONS: &[&str] = &["Eastern", "Middle", "Northern", "Southern", "Western"];

/// Words that end the noun before them: what follows says where these people are, what they belong
/// to or what they do.
const LINKS: &[&str] = &[
    "among", "at", "by", "close", "familiar", "for", "from", "in", "inside", "near", "of", "on",
    "speaking", "that", "to", "who", "with", "within",
];

/// What may stand before "of" when only some of a group speak.
const PARTS: &[&str] =
    &["both", "few", "many", "most", "number", "one", "several", "some", "three", "two"];

/// Links behind which a name belongs to whom these people stand for, as an official of a ministry.
const OF_WHOM: &[&str] = &["by", "for", "of"];

/// The words for a claimant that name nobody, where they are all that tells who it is and nothing
/// is said of whether it is anonymous: then it is, unless told otherwise.
pub fn unnamed<'p>(binding: Binding<'p>, claim: &'p Claim) -> Option<(&'p str, Span)> {
    let by = claim.by.as_ref().filter(|_| claim.anonymous.is_none())?;
    words(binding, by).filter(|(words, _)| names_nobody(words))
}

/// The words for a claimant, where they are all that tells who it is: free text, or how the source
/// calls somebody whose code is no person's.
fn words<'p>(binding: Binding<'p>, by: &'p Claimant) -> Option<(&'p str, Span)> {
    let actor = binding.dataset.actors.get(&by.code.value);
    let is_person = actor.is_some_and(|actor| actor.entry.kind == Some(ActorKind::Person));
    match &by.described_as {
        Some(words) if !is_person => Some((words, by.code.span)),
        Some(_) => None,
        None if binding.resolves(Referent::Actor, &by.code.value) => None,
        None => Some((&by.code.value, by.code.span)),
    }
}

/// Whether a text tells what kind of people speak, but not who: `witnesses`, `two Western
/// diplomats`, `one of the informed sources in the city`.
///
/// A capitalised word after the first is taken for a name, so that a text is rather missed than
/// wrongly found; one that says where they are, as `a source in Baghdad`, names none of them.
pub fn names_nobody(text: &str) -> bool {
    let words: Vec<_> = text
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !REGIONS.contains(word);
    let is_link = |word: &&&str| LINKS.contains(*word) && !OF_WHOM.contains(*word);
    let who = words.iter().take_while(|word| !is_link(word));
    if who.skip(1).any(is_name) {
        return false;
    }
    let words: Vec<_> = words.iter().map(|word| word.to_lowercase()).collect();
    let noun = noun_phrase(&words);
    let openly = || noun.iter().any(|word| OPENLY.contains(&word.as_str()));
    noun.last().is_some_and(|word| is_kind(word)) || openly()
}

/// The words up to the noun that says who speaks.
fn noun_phrase(words: &[String]) -> &[String] {
    let is_part = |at: usize| at > 0 && PARTS.contains(&words[at - 1].as_str());
    let of = words.iter().position(|word| word == "of").filter(|at| is_part(*at));
    let rest = &words[of.map_or(0, |of| of + 1)..];
    let end = rest.iter().position(|word| LINKS.contains(&word.as_str()));
    &rest[..end.unwrap_or(rest.len())]
}

fn is_kind(word: &str) -> bool {
    let plural = |kind: &str| {
        word.strip_prefix(kind).is_some_and(|ending| matches!(ending, "" | "s" | "es"))
    };
    KINDS.iter().any(|kind| plural(kind))
}

#[cfg(test)]
mod tests {
    use super::names_nobody;

    #[test]
    fn people_without_a_name_are_told_from_others() {
        let nobody = [
            "witnesses",
            "a source",
            "Officials",
            "two Western diplomats",
            "a local security source",
            "a militia commander",
            "one of the informed sources in the city",
            "unnamed accusers",
            "officials, speaking by telephone",
            "Iraqi officials",
            "a source close to the inquiry",
            "a source in Baghdad",
            "informed sources in Jerusalem and Tel Aviv",
        ];
        let somebody = [
            "",
            "General Haidar, a commander",
            "an official of the Ministry of Defence",
            "open-source analysts",
            "the defence ministry",
            "witness protection office",
            "a spokesman for residents",
            "local media",
            "al-shammari",
        ];
        for text in nobody {
            assert!(names_nobody(text), "{text}");
        }
        for text in somebody {
            assert!(!names_nobody(text), "{text}");
        }
    }
}
