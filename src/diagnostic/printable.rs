//! Text that is safe to print.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest text that is shown in full, in characters: about four lines of a wide terminal.
///
/// A message quotes values, and a value may be as long as a file; without a limit one hostile
/// record could fill a log.
const LIMIT: usize = 600;

/// Text that a terminal, a log or a CI runner shows and never obeys.
///
/// Strangers write records, so every text that goes into a diagnostic is cleaned, and a `Printable`
/// cannot be made otherwise. Cleaning
///
/// - writes every character that could be obeyed or could not be seen as its code point, `\u{202e}`:
///   control characters (also line breaks and tabs), bidirectional controls,
///   zero-width and other invisible characters, line and paragraph separators, byte order marks,
///   noncharacters;
/// - keeps joiners and variation selectors directly after a character that they can shape:
///   Persian, Indic scripts and emoji need them. After ASCII they only hide, and are escaped;
/// - breaks the two forms in which CI runners find commands in a log: `##[` and `##name[` anywhere,
///   and `::` at the start of a line after white space of any kind. The `[`, and a `:` that opens
///   the text, become escapes; so a line may begin with a `Printable` and go on with a `:`;
/// - replaces the middle of a text longer than 600 characters by `…`.
///
/// Other text is left as it is, a backslash too: cleaning twice gives what cleaning once gives.
#[derive(Clone, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Printable(Box<str>);

impl Printable {
    /// Cleans `text`.
    pub fn new(text: &str) -> Self {
        Self(shortened(cleaned(text)).into())
    }

    /// Cleans `text` and keeps all of it, for a result that the user asked for.
    pub fn whole(text: &str) -> Self {
        Self(cleaned(text).into())
    }

    /// Whether a text, of any length, contains nothing that cleaning would replace.
    pub fn keeps(text: &str) -> bool {
        let mut cleaner = Cleaner::default();
        text.chars().all(|c| {
            let keeps = !cleaner.must_replace(c);
            cleaner.kept(c);
            keeps
        })
    }

    /// The cleaned text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Printable {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Printable {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<String> for Printable {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Decides character by character, with the context of the characters before.
#[derive(Debug)]
pub(super) struct Cleaner {
    /// The character before, if it was kept.
    before: Option<char>,
    /// The number of `#` directly before, or before the word directly before.
    hashes: usize,
    /// Whether only white space came so far.
    opening: bool,
}

impl Default for Cleaner {
    fn default() -> Self {
        Self { before: None, hashes: 0, opening: true }
    }
}

impl Cleaner {
    /// Whether `c`, coming next, would be obeyed after other text of its line, or be invisible.
    pub(super) fn would_be_obeyed(&self, c: char) -> bool {
        if c == '[' {
            self.hashes >= 2
        } else if is_joiner(c) || is_selector(c) {
            !self.before.is_some_and(|before| is_shaped(before, c))
        } else {
            is_hidden(c)
        }
    }

    /// Whether `c`, coming next, could open a runner command at the start of a line.
    fn opens_command(&self, c: char) -> bool {
        c == ':' && self.opening
    }

    /// Whether `c`, coming next in a separate text, must be shown as something else.
    fn must_replace(&self, c: char) -> bool {
        self.would_be_obeyed(c) || self.opens_command(c)
    }

    /// Notes that `c` came and was shown as itself.
    pub(super) fn kept(&mut self, c: char) {
        self.before = Some(c);
        self.hashes = match c {
            '#' => self.hashes + 1,
            c if c.is_ascii_alphabetic() && self.hashes >= 2 => self.hashes,
            _ => 0,
        };
        self.opening &= c.is_whitespace();
    }

    /// Notes that `c` came and was shown as something else.
    pub(super) fn replaced(&mut self) {
        *self = Self { opening: false, ..Self::default() };
    }
}

/// Characters that join or separate their neighbours.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{200c}' | '\u{200d}')
}

/// Characters that choose a form of the character before.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a joiner or selector has an effect after `before`.
fn is_shaped(before: char, c: char) -> bool {
    let is_keycap = c == '\u{fe0f}' && matches!(before, '0'..='9' | '#' | '*');
    let is_letter = !before.is_ascii() && !before.is_whitespace() && !is_joiner(before);
    is_keycap || is_letter && (is_joiner(c) || !is_selector(before))
}

/// Whether a character is a command to a terminal or cannot be seen. These are the general categories
/// Cc, Zl and Zp, interlinear annotation, noncharacters, and Default_Ignorable_Code_Point of the Unicode
/// Character Database without joiners and selectors.
fn is_hidden(c: char) -> bool {
    let is_noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    let is_ignorable = matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    c.is_control() || is_noncharacter || is_ignorable
}

fn cleaned(text: &str) -> String {
    let mut cleaner = Cleaner::default();
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if cleaner.must_replace(c) {
            shown.extend(c.escape_unicode());
            cleaner.replaced();
        } else {
            shown.push(c);
            cleaner.kept(c);
        }
    }
    shown
}

fn shortened(text: String) -> String {
    let length = text.chars().count();
    if length <= LIMIT {
        return text;
    }
    let head = LIMIT / 2;
    let tail = LIMIT - head - 1;
    let parts = [0..head, length - tail..length];
    let [head, tail] = parts.map(|part| text.chars().skip(part.start).take(part.len()));
    head.chain(['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Text made of what attacks are made of.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "\u{1b}[31m",
                "\u{9b}2J",
                "\u{1b}]0;x\u{7}",
                "\u{202e}",
                "\u{2066}",
                "\u{200b}",
                "\u{200c}",
                "\u{200d}",
                "\u{feff}",
                "\u{fe0f}",
                "\r",
                "\n",
                "\t",
                "\u{85}",
                "\u{2028}",
                "\u{3000}",
                "#",
                "##",
                "[",
                "##[error]",
                "##vso",
                ":",
                "::error::x",
                " ",
                "a",
                "1",
                "ش",
                "😀",
                "\u{e0041}",
                "\u{fffe}",
                "\u{7f}",
            ])
            .prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..400).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn nothing_is_left_to_obey_and_nothing_is_invisible(text in hostile()) {
            let cleaned = Printable::new(&text);
            let cleaned = cleaned.as_str();
            let obeyed = |c: char| {
                c.is_control()
                    || "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}".contains(c)
                    || "\u{2066}\u{2067}\u{2068}\u{2069}\u{2028}\u{2029}".contains(c)
                    || "\u{200b}\u{2060}\u{feff}\u{ad}\u{180e}\u{fffe}\u{ffff}\u{e0041}".contains(c)
            };
            prop_assert!(!cleaned.contains(obeyed), "{cleaned:?}");
            prop_assert!(!cleaned.contains("##["), "{cleaned:?}");
            prop_assert!(!cleaned.contains("##vso["), "{cleaned:?}");
            prop_assert!(!format!("{cleaned}:").trim_start().starts_with("::"), "{cleaned:?}");
            prop_assert!(cleaned.chars().count() <= LIMIT);
            for hidden in ["a\u{200d}", "a\u{200c}", "a\u{fe0f}", "\u{200d}\u{200d}"] {
                prop_assert!(!cleaned.contains(hidden), "{cleaned:?}");
            }
        }

        #[test]
        fn cleaning_twice_is_cleaning_once(text in hostile()) {
            let once = Printable::new(&text);
            prop_assert!(Printable::keeps(once.as_str()));
            prop_assert_eq!(Printable::new(once.as_str()), once);
        }
    }

    #[test]
    fn honest_text_of_any_script_is_left_alone() {
        let honest = [
            "المشاة في مخيّم اليرموك",
            "می\u{200c}خواهم به کتاب\u{200c}خانه بروم",
            "חיל האוויר תקף את בלד",
            "क्\u{200d}ष र\u{200d}्य",
            "伊拉克巴拉德空军基地爆炸，無人傷亡",
            "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f}\u{200d}🔥 1\u{fe0f}\u{20e3} 🇮🇶",
            r"a backslash: \u{202e}, C:\records",
            "12:30 # not [a] command #[x] ::",
        ];
        for text in honest {
            assert_eq!(Printable::new(text).as_str(), text);
            assert!(Printable::keeps(&text.repeat(LIMIT)));
        }
    }

    #[test]
    fn what_could_be_obeyed_is_shown_as_its_code_point() {
        let cases = [
            ("\u{1b}[31mred\n\t", r"\u{1b}[31mred\u{a}\u{9}"),
            ("user\u{202e}nimda", r"user\u{202e}nimda"),
            ("GO\u{200b}V, GO\u{200d}V", r"GO\u{200b}V, GO\u{200d}V"),
            ("x ##[error]y", r"x ##\u{5b}error]y"),
            ("###[error]y", r"###\u{5b}error]y"),
            ("##vso[task.complete]", r"##vso\u{5b}task.complete]"),
            ("::error::y", r"\u{3a}:error::y"),
            ("\u{3000} ::error::y", "\u{3000} \\u{3a}:error::y"),
        ];
        for (text, expected) in cases {
            assert_eq!(Printable::new(text).as_str(), expected);
            assert!(!Printable::keeps(text));
        }
    }

    #[test]
    fn the_middle_of_a_long_text_is_left_out() {
        let exactly = "é".repeat(LIMIT);
        assert_eq!(Printable::new(&exactly).as_str(), exactly);
        let longer = format!("start{}end", "é".repeat(LIMIT));
        let shown = Printable::new(&longer).to_string();
        assert_eq!(shown.chars().count(), LIMIT);
        assert!(shown.starts_with("starté") && shown.contains("é…é") && shown.ends_with("éend"));
    }
}
