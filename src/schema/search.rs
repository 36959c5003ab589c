//! Finding a code by what people call it.

use super::code::{Code, CodeEntry, ColumnValue};
use super::code_list::{CodeList, CodeRef};
use super::names::{Fit, crosswalk, whole_names};
use crate::source::Location;
use crate::spelling;
use crate::value::name_key;

/// A code that was found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'l> {
    /// The code.
    pub code: CodeRef<'l>,
    /// Why.
    pub fit: Fit,
}

/// The codes that fit some words, best first and then in the order of the lists. Of those that fit
/// equally well, a broader one stands before a narrower: `air strike` does not say whether there was
/// a pilot. A retired code stands behind all others, unless the words are the code itself.
///
/// A code that several lists share, because one extends the other, is found in the first of them.
/// Every word must be found; case counts for nothing, and neither does an ending, so that `strikes`
/// finds a strike and `kidnapped` those who kidnap. Only where nothing fits is spelling forgiven.
pub fn search<'l>(lists: &[&'l CodeList], words: &str) -> Vec<Found<'l>> {
    let sought = Sought::new(words);
    let mut seen: Vec<Location> = Vec::new();
    let mut found = Vec::new();
    for list in lists {
        for code in broad_first(list) {
            let entry = list.entry(code);
            if let Some(fit) = sought.fit(entry)
                && !seen.contains(&entry.location)
            {
                seen.push(entry.location);
                found.push(Found { code: CodeRef { list, code }, fit });
            }
        }
    }
    if found.is_empty() {
        let near = |list: &&'l CodeList| Some(CodeRef { list, code: closest_code(list, words)? });
        let near = lists.iter().filter_map(near).filter(|near| {
            let location = near.entry().location;
            let new = !seen.contains(&location);
            seen.push(location);
            new
        });
        return near.map(|code| Found { code, fit: Fit::Spelling }).collect();
    }
    // The sort is stable, so what fits equally well stays in the order of the lists.
    found.sort_by_key(|found| {
        let is_retired = found.code.entry().replaced_by.is_some();
        (is_retired && found.fit != Fit::Code, found.fit)
    });
    found
}

/// The codes of a list, by how many others each is a kind of.
fn broad_first(list: &CodeList) -> Vec<Code> {
    let mut codes: Vec<_> = list.codes().collect();
    let depths = list.depths();
    codes.sort_by_key(|code| depths[code.0 as usize]);
    codes
}

/// The code that was probably meant: one that is known by what was written, by its last part (as
/// `ASSAULT.airstrike`), or the nearest. In place of a retired code its successor.
///
/// `None` as well where it may be one of several, as [`codes_known_as`] tells.
pub fn closest_code(list: &CodeList, written: &str) -> Option<Code> {
    if codes_known_as(list, written).len() > 1 {
        return None;
    }
    let nearest = || {
        code_by_last_part(list, written)
            .or_else(|| nearest_code(list, written))
            .or_else(|| nearest_label(list, written, |_| true))
    };
    code_known_as(list, written).or_else(|| Some(list.in_use(nearest()?)))
}

/// The codes that may be meant by a text: the one that is known by it or nearest to it, and every
/// one that is a single slip away. At most six. If there are several, nothing tells which is meant.
pub fn codes_meant(list: &CodeList, written: &str) -> Vec<Code> {
    let known = code_known_as(list, written);
    // Two letters may as well be a code that lacks one.
    if let Some(known) = known.filter(|_| written.chars().count() > 2) {
        return vec![known];
    }
    let near = near_codes(list, written)
        .filter(|code| spelling::is_slip(written, &list.entry(*code).code));
    let mut meant: Vec<Code> = Vec::new();
    for code in closest_code(list, written).into_iter().chain(near.map(|code| list.in_use(code))) {
        if !meant.contains(&code) {
            meant.push(code);
        }
    }
    meant.truncate(OFFERED);
    meant
}

/// Codes that one finding names: more are no help to choose from.
const OFFERED: usize = 6;

/// The only code that may be meant by a text. `None` if there are several, or if the text is so
/// short that it resembles codes by chance.
pub fn only_code_meant(list: &CodeList, written: &str) -> Option<Code> {
    match codes_meant(list, written)[..] {
        [only] => closest_code(list, written).filter(|closest| *closest == only),
        _ => None,
    }
}

/// For `ASSAULT.airstrike`, the code under `ASSAULT` whose name is nearest to `airstrike`.
fn code_by_last_part(list: &CodeList, written: &str) -> Option<Code> {
    let (parent, name) = written.rsplit_once('.')?;
    let parent = code_known_as(list, parent)?;
    nearest_label(list, name, |code| list.entry(code).parent == Some(parent))
}

/// The code that is known by exactly what was written, whatever the case: by its code, by a name
/// or slip that the list knows, by its label, or by one of the list's own columns, such as a
/// two-letter country code or the code of another scheme. In place of a retired code its successor.
/// `None` where several are known by it.
pub fn code_known_as(list: &CodeList, written: &str) -> Option<Code> {
    match codes_known_as(list, written)[..] {
        [code] => Some(code),
        _ => None,
    }
}

/// The codes that are known by exactly what was written; the same letters are one country's in one
/// scheme and another's in the next. A broader code stands for the narrower ones that share a name.
pub fn codes_known_as(list: &CodeList, written: &str) -> Vec<Code> {
    let fits = list.names().known_as(written).iter();
    // A name that people use and the code of another scheme weigh alike.
    let fits: Vec<_> =
        fits.map(|(fit, code)| ((*fit).min(Fit::Alias), list.in_use(*code))).collect();
    let best = fits.iter().map(|(fit, _)| *fit).min();
    let mut codes: Vec<_> =
        fits.iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, code)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    let all = codes.clone();
    codes.retain(|code| !list.ancestry(*code).skip(1).any(|broader| all.contains(&broader)));
    codes
}

/// The list's own column that holds a text by which a code is known.
pub fn column_known_as<'l>(list: &'l CodeList, code: Code, written: &str) -> Option<&'l str> {
    let key = name_key(written);
    let is_it = |value: &Option<ColumnValue>| match value {
        Some(ColumnValue::Text(text)) => name_key(text) == key,
        Some(ColumnValue::TextList(texts)) => texts.iter().any(|text| name_key(text) == key),
        _ => false,
    };
    let at = list.entry(code).values.iter().position(is_it)?;
    Some(&list.columns[at].name)
}

fn whole_fit(entry: &CodeEntry, written: &str) -> Option<Fit> {
    let key = name_key(written);
    let mut names = whole_names(entry);
    names.find(|(_, name)| name_key(name) == key).map(|(fit, _)| fit)
}

/// What is looked for.
pub struct Sought<'w> {
    written: &'w str,
    words: Vec<String>,
}

impl<'w> Sought<'w> {
    /// Words to look for.
    pub fn new(written: &'w str) -> Self {
        Self { written, words: words(written) }
    }

    fn fit(&self, entry: &CodeEntry) -> Option<Fit> {
        whole_fit(entry, self.written).or_else(|| {
            if self.words.is_empty() {
                return None;
            }
            let doc = entry.doc.as_deref().unwrap_or_default();
            let names = entry.aliases.iter().map(|alias| &**alias);
            if self.are(&entry.label) {
                Some(Fit::Label)
            } else if names.clone().any(|alias| self.are(alias)) {
                Some(Fit::Alias)
            } else if self.stand_in([&*entry.code]) {
                Some(Fit::InCode)
            } else if names.clone().any(|alias| self.stand_in([alias])) {
                Some(Fit::InAlias)
            } else if self.stand_in([&*entry.label]) {
                Some(Fit::InLabel)
            } else if crosswalk(entry).any(|value| self.stand_in([value])) {
                Some(Fit::InCrosswalk)
            } else {
                let all = names.chain([&*entry.code, &*entry.label, doc]);
                self.stand_in(all).then_some(Fit::InDefinition)
            }
        })
    }

    /// Whether the words are those of a text, endings aside.
    fn are(&self, text: &str) -> bool {
        let known = words(text);
        let bare = |word: &'_ str| stem(word).trim_end_matches('e').to_owned();
        let same = |(written, known): (&String, &String)| bare(written) == bare(known);
        known.len() == self.words.len() && self.words.iter().zip(&known).all(same)
    }

    /// Whether there are words, and each stands in some texts taken together.
    pub fn are_in<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        !self.words.is_empty() && self.stand_in(texts)
    }

    fn stand_in<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        let known: Vec<_> = texts.into_iter().flat_map(words).collect();
        self.words.iter().all(|word| known.iter().any(|known| is_form_of(word, known)))
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Endings that count for nothing, longer ones first.
const ENDINGS: [&str; 6] = ["ings", "ing", "ies", "ed", "es", "s"];

/// Shorter words have too little left without their ending.
const SHORTEST_STEM: usize = 4;

/// Whether a known word is the written one or begins with it, an ending of the written word aside.
fn is_form_of(written: &str, known: &str) -> bool {
    known.starts_with(written) || known.starts_with(stem(written))
}

/// A word without its ending, and without the letter that `kidnapping` doubles before it.
fn stem(word: &str) -> &str {
    let mut bare = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    let Some(bare) = bare.find(|bare| bare.chars().count() >= SHORTEST_STEM) else {
        return word;
    };
    let mut letters = bare.char_indices().rev();
    match (letters.next(), letters.next()) {
        // Words such as `shell` and `pass` end so themselves.
        (Some((at, last)), Some((_, before))) if last == before && !"lsfz".contains(last) => {
            &bare[..at]
        }
        _ => bare,
    }
}

/// A word of at most so many letters resembles many others. Only swapped letters tell which was
/// meant.
const SHORT: usize = 3;

/// Whether a known text can be what was meant by a written one that is near it.
fn may_be_meant(known: &str, written: &str) -> bool {
    let letters = |text: &str| {
        let mut letters: Vec<_> = text.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    written.chars().count() > SHORT || letters(known) == letters(written)
}

fn nearest_code(list: &CodeList, written: &str) -> Option<Code> {
    let codes = near_codes(list, written).map(|code| &*list.entry(code).code);
    list.find(spelling::closest(written, codes.filter(|code| may_be_meant(code, written)))?)
}

/// The codes that may be near what was written, in the order of the list.
fn near_codes(list: &CodeList, written: &str) -> impl Iterator<Item = Code> {
    let near = list.names().codes.near(written).into_iter();
    near.map(Code::at)
}

/// The code, among those that fulfil a condition, with the label or alias nearest to what was written.
fn nearest_label(list: &CodeList, written: &str, is_one: impl Fn(Code) -> bool) -> Option<Code> {
    let near = list.names().near_labels(list.entries(), written);
    let near = near.filter(|(name, code)| is_one(*code) && may_be_meant(name, written));
    let named: Vec<_> = near.collect();
    let near = spelling::closest(written, named.iter().map(|(name, _)| *name))?;
    named.iter().find(|(name, _)| *name == near).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Codebook, load_with_shipped};
    use crate::source::{Files, Memory};

    fn shipped() -> Codebook {
        load_with_shipped(&Memory::new(), &mut Files::default()).unwrap().codebook
    }

    /// The first code that some words find, and why.
    fn best(codebook: &Codebook, list: &str, words: &str) -> Option<(String, Fit)> {
        let found = search(&[codebook.list_named(list)?], words);
        found.first().map(|best| (best.code.entry().code.to_string(), best.fit))
    }

    #[test]
    fn what_people_call_a_code_finds_it() {
        let codebook = shipped();
        let cases = [
            ("plover", "assault", "ASSAULT", Fit::Code),
            ("plover", "air strike", "ASSAULT.aerial", Fit::Alias),
            ("plover", "195", "ASSAULT.aerial", Fit::Crosswalk),
            ("country", "de", "DEU", Fit::Crosswalk),
            ("country", "Germany", "DEU", Fit::Label),
            ("plover", "air strikes", "ASSAULT.aerial", Fit::Alias),
            ("plover-events", "air strike", "ASSAULT.air", Fit::Alias),
            ("plover-events", "Explosions/Remote violence", "ASSAULT.explosives", Fit::Crosswalk),
            ("plover", "strike", "PROTEST.strike", Fit::Label),
            ("plover", "kidnapped", "ASSAULT.abduct", Fit::Alias),
            ("plover", "bombings", "ASSAULT", Fit::Alias),
            ("country", "Zaire", "COD", Fit::Alias),
            ("plover", "rocket fires", "ASSAULT.heavy-weapons", Fit::InDefinition),
            ("plover-events", "storage", "ACCIDENT.storage", Fit::InCode),
            ("plover", "asault.aerial", "ASSAULT.aerial", Fit::Spelling),
        ];
        for (list, words, code, fit) in cases {
            assert_eq!(best(&codebook, list, words), Some((code.to_owned(), fit)), "{words}");
        }
        assert_eq!(best(&codebook, "plover", "zzzzzz"), None);
        assert_eq!(best(&codebook, "plover", " - "), None);
    }

    #[test]
    fn what_people_write_means_what_they_would_say() {
        let codebook = shipped();
        let cases = [
            ("plover-events", "air strike", Some("ASSAULT.air")),
            ("plover-events", "Aerial attack", Some("ASSAULT.aerial")),
            ("plover", "ASSAULT.airstrike", Some("ASSAULT.aerial")),
            ("plover-events", "ASSAULT_aerial", Some("ASSAULT.aerial")),
            ("plover-events", "ASSULT", Some("ASSAULT")),
            ("plover-events", "ASSАLT", Some("ASSAULT")),
            ("country", "JAP", Some("JPN")),
            ("country", "ITL", Some("ITA")),
            ("country", "VTN", Some("VNM")),
            ("country", "ROM", Some("ROU")),
            ("country", "Israel", Some("ISR")),
            ("country", "UK", Some("GBR")),
            ("country", "NO", Some("NOR")),
            ("country", "SRY", Some("SYR")),
            ("country", "IRS", Some("ISR")),
            ("country", "IRK", None),
            ("country", "XQZ", None),
            ("sector", "MLI", Some("MIL")),
            ("admiralty", "confrimed", Some("confirmed")),
            ("admiralty", "certain", Some("confirmed")),
            ("admiralty", "uncertain", None),
            ("facility", "airbase", Some("air-base")),
        ];
        for (list, written, meant) in cases {
            let list = codebook.list_named(list).unwrap();
            let found = closest_code(list, written).map(|code| &*list.entry(code).code);
            assert_eq!(found, meant, "{written}");
        }
    }

    #[test]
    fn a_code_that_lists_share_is_found_once() {
        let codebook = shipped();
        let lists = ["plover-events", "plover"].map(|name| codebook.list_named(name).unwrap());
        for words in ["ASSAULT.aerial", "asault.aerial"] {
            let found = search(&lists, words);
            let shared = found.iter().filter(|found| &*found.code.entry().code == "ASSAULT.aerial");
            let shared: Vec<_> = shared.map(|found| found.code.list.name.as_str()).collect();
            assert_eq!(shared, ["plover-events"], "{words}");
        }
    }

    #[test]
    fn every_code_is_known_by_itself() {
        for list in shipped().lists.iter() {
            for code in list.codes() {
                let known = code_known_as(list, &list.entry(code).code);
                assert_eq!(known, Some(list.in_use(code)));
            }
        }
    }
}
