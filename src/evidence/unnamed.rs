//! Words that say what kind of person speaks, but not who.

use crate::dataset::Binding;
use crate::record::{ActorKind, Claim, Claimant, Referent};
use crate::source::Span;

/// Singular nouns that news agencies use for a source whose name they withhold. Spokesmen and
/// ministries are not among them, because a reader can find out who that is.
const KINDS: &[&str] = &[
    "commander",
    "diplomat",
    "eyewitness",
    "fighter",
    "member",
    "official",
    "resident",
    "source",
    "witness",
];

/// Words that say that a name is withheld or not known.
const OPENLY: &[&str] = &["anonymous", "undisclosed", "unidentified", "unnamed"];

/// Capitalised words that name a region, not a person.
const REGIONS: &[&str] = &["Eastern", "Middle", "Northern", "Southern", "Western"];

/// Words that end a noun phrase: what follows says where these people are, what they belong to or
/// what they do.
const LINKS: &[&str] = &[
    "among", "at", "by", "close", "familiar", "for", "from", "in", "inside", "near", "of", "on",
    "speaking", "that", "to", "who", "with", "within",
];

/// Words before a noun that any of several people may be meant by.
const ONE_OF_MANY: &[&str] = &["a", "an", "another", "one", "several", "some", "three", "two"];

/// Words before "of" that select some of a group: "one of the sources".
const PARTS: &[&str] =
    &["both", "few", "many", "most", "number", "one", "several", "some", "three", "two"];

/// Links whose object is who these people speak for: "an official of the ministry".
const OF_WHOM: &[&str] = &["by", "for", "of"];

/// The words that describe a claimant without naming anyone, and where they stand. `None` where the
/// record names the claimant, or says whether it is anonymous.
pub fn unnamed<'p>(binding: Binding<'p>, claim: &'p Claim) -> Option<(&'p str, Span)> {
    let by = claim.by.as_ref().filter(|_| claim.anonymous.is_none())?;
    let (words, span) = words(binding, by)?;
    let is_nobody = names_nobody(words) || names_nobody(&without_names(binding, by, words));
    is_nobody.then_some((words, span))
}

/// What a source calls someone of an actor, without the names of the actor: those of an official of the
/// PMF tell who the official is no more than `pmf` does.
fn without_names(binding: Binding<'_>, by: &Claimant, words: &str) -> String {
    let mut words = words.to_owned();
    if by.described_as.is_some() {
        let entry = binding.dataset.actors.get(&by.code.value);
        let mut names: Vec<_> = entry.into_iter().flat_map(|actor| actor.entry.names()).collect();
        let initials: String = names.first().map(|name| initials(name)).unwrap_or_default();
        names.extend([initials.as_str(), &by.code.value].into_iter().filter(|name| name.len() > 1));
        for name in names.into_iter().take(MOST_NAMES) {
            words = words.replace(name, "it").replace(&name.to_uppercase(), "it");
        }
    }
    words
}

/// Most names of an actor that are looked for.
const MOST_NAMES: usize = 20;

/// The capitals of a name: `PMF` of Popular Mobilization Forces.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect()
}

/// The words that alone identify a claimant: free text, or the source's description where the code
/// is not that of a person.
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

/// Whether a text says what kind of people speak, but not who: `witnesses`, `two Western
/// diplomats`, `one of the informed sources in the city`.
///
/// A capitalised word after the first counts as a name: to miss a text is better than to find one
/// wrongly. A place, as in `a source in Baghdad`, does not count.
pub fn names_nobody(text: &str) -> bool {
    let words: Vec<_> = text
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) && !REGIONS.contains(word);
    let is_link = |word: &&&str| LINKS.contains(*word) && !OF_WHOM.contains(*word);
    let who = words.iter().take_while(|word| !is_link(word)).skip(1);
    // "an Israeli official" is one of many; "General Haidar" is one man.
    let is_one_of_many = words.first().is_some_and(|word| ONE_OF_MANY.contains(word));
    let adjectives = if is_one_of_many {
        words.iter().skip(1).position(|word| is_kind(&word.to_lowercase())).unwrap_or_default()
    } else {
        0
    };
    if who.skip(adjectives).any(is_name) {
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
            "an Israeli official",
            "two Fatah members",
            "an Israeli official who declined to be named",
            "one of the informed sources in the city",
            "unnamed accusers",
            "officials, speaking by telephone",
            "Iraqi officials",
            "a source close to the inquiry",
            "a source in Baghdad",
            "a member in the force",
            "informed sources in Jerusalem and Tel Aviv",
        ];
        let somebody = [
            "",
            "General Haidar, a commander",
            "a source, General Haidar",
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
