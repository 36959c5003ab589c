//! Names and prose.

use super::random::Random;

/// A syllable as an id has it, in a transcription, and in Arabic script.
type Syllable = (&'static str, &'static str, &'static str);

const SYLLABLES: [Syllable; 24] = [
    ("ba", "bā", "با"),
    ("ruq", "rūq", "روق"),
    ("sha", "sha", "ش"),
    ("mir", "mīr", "مير"),
    ("tal", "tall", "تل"),
    ("afar", "ʿafar", "عفر"),
    ("ha", "ḥa", "ح"),
    ("wija", "wīja", "ويجة"),
    ("qa", "qā", "قا"),
    ("im", "ʾim", "ئم"),
    ("ni", "nī", "ني"),
    ("nawa", "nawā", "نوى"),
    ("sin", "sin", "سن"),
    ("jar", "jār", "جار"),
    ("du", "dū", "دو"),
    ("jayl", "jayl", "جيل"),
    ("zu", "zu", "ز"),
    ("mar", "mār", "مار"),
    ("ke", "ké", "كي"),
    ("doun", "dôun", "دون"),
    ("se", "ñe", "سي"),
    ("gou", "gou", "غو"),
    ("ti", "tî", "تي"),
    ("lem", "lem", "لم"),
];

/// How many names of three syllables there are.
const NAMES: u32 = 24 * 24 * 24;

/// A name in three writings.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) id: String,
    pub(super) latin: String,
    pub(super) arabic: String,
}

/// The name of a number, each number below 13,824 another.
pub(super) fn name(number: u32) -> Name {
    // A prime that divides no power of 24 makes every name once, neighbours unlike each other.
    let mixed = (number.wrapping_mul(7919)) % NAMES;
    let syllables = [mixed % 24, mixed / 24 % 24, mixed / 576].map(|at| SYLLABLES[at as usize]);
    let join = |part: fn(&Syllable) -> &'static str| syllables.iter().map(part).collect::<String>();
    let latin = join(|syllable| syllable.1);
    let (first, rest) = latin.split_at(latin.chars().next().map_or(0, char::len_utf8));
    Name {
        id: join(|syllable| syllable.0),
        latin: first.to_uppercase() + rest,
        arabic: join(|syllable| syllable.2),
    }
}

const WHO: [&str; 12] = [
    "A spokesman",
    "The governor's office",
    "Residents",
    "Two security officials",
    "The ministry",
    "Hospital staff",
    "A local commander",
    "The article",
    "An eyewitness",
    "The group's channel",
    "État-major sources",
    "Relatives of the dead",
];

const SAID: [&str; 10] = [
    "speaks of",
    "reports",
    "mentions",
    "gives no figure for",
    "shows pictures of",
    "blames",
    "plays down",
    "calls it",
    "could not confirm",
    "had warned of",
];

const WHAT: [&str; 14] = [
    "an explosion near the depot",
    "heavy shelling after midnight",
    "a drone that was not identified",
    "several houses damaged",
    "a convoy of three vehicles",
    "\"a cowardly attack\"",
    "an attack: the third this month",
    "casualties among the guards",
    "a fire that spread to farmland",
    "arrests in the quarter",
    "an exchange of fire, then silence",
    "a roadside bomb",
    "rockets launched from the west",
    "damage to the water main (no photograph)",
];

const HOW: [&str; 10] = [
    "about 4 km from the town",
    "before sunrise",
    "without naming anyone",
    "according to a later correction",
    "as in the earlier case",
    "on the road to the border",
    "citing officers who weren't named",
    "in its second paragraph",
    "at the checkpoint",
    "during the visit of a délégation",
];

/// A sentence without its full stop.
pub(super) fn phrase(random: &mut Random) -> String {
    let place = name(random.below(NAMES)).latin;
    let (who, said, what) = (random.pick(&WHO), random.pick(&SAID), random.pick(&WHAT));
    match random.below(4) {
        0 => format!("{who} {said} {what}"),
        1 => format!("{who} {said} {what} {}", random.pick(&HOW)),
        2 => format!("{who} in {place} {said} {what}"),
        _ => format!("{who} {said} {what} {} near {place}", random.pick(&HOW)),
    }
}

/// Some sentences.
pub(super) fn prose(sentences: u32, random: &mut Random) -> String {
    let sentences: Vec<_> = (0..sentences).map(|_| phrase(random) + ".").collect();
    sentences.join(" ")
}
