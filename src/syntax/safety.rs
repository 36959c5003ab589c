//! Characters that no record may hold, because a reader cannot see them or is misled by them.

use unicode_normalization::char::canonical_combining_class;

use crate::source::{Span, Spanned};

use super::defect::{Defects, SyntaxDefect};
use super::escape;
use super::line::span_at;

/// Whether a character is refused everywhere in a file, comments included.
///
/// Control characters other than tab and line breaks (C0, DEL, C1), the line and paragraph
/// separators, a byte order mark inside the text, bidirectional embeddings, overrides and
/// isolates (they make a text read otherwise than it is: CVE-2021-42574), noncharacters, and
/// characters without any width that no script is written with: invisible operators, fillers,
/// annotation, retired formats, language tags. Directional marks and joiners pass: Arabic, Persian
/// and emoji are written with them.
pub(super) fn is_unsafe(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => true,
        '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' => true,
        '\u{2061}'..='\u{206F}' | '\u{3164}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' => true,
        '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}' => true,
        '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' => true,
        '\u{E0000}'..='\u{E001F}' | '\u{E0080}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}' => true,
        _ => u32::from(character) & 0xFFFE == 0xFFFE,
    }
}

/// Marks on one letter that some script writes: Hebrew with points and accents has no more.
const MARKS: usize = 5;

/// What precedes a character, as far as it decides whether the character is allowed there.
#[derive(Debug, Default)]
struct Before {
    /// The last character that is not a joiner.
    visible: Option<char>,
    /// Whether the joiners after it stand inside a word of ASCII; unknown where there is none yet.
    within_ascii: Option<bool>,
    selector: bool,
    /// How many marks stand on the last letter.
    marks: usize,
    /// Whether tags would go on with the flag of a region, which is written with them.
    flag: bool,
}

impl Before {
    /// Whether `character`, with which `rest` starts, is refused after what precedes it.
    fn refuses(&mut self, character: char, rest: &str) -> bool {
        let joins = is_joiner(character);
        if joins && self.within_ascii.is_none() {
            let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let next = rest.chars().find(|c| !is_joiner(*c));
            self.within_ascii = Some(is_word(self.visible) && is_word(next));
        }
        let is_mark = canonical_combining_class(character) != 0;
        self.marks = if is_mark { self.marks + 1 } else { 0 };
        self.flag = character == '\u{1F3F4}' || self.flag && is_tag(character);
        let is_second = self.selector && is_selector(character);
        self.selector = is_selector(character);
        let is_loose = joins && self.within_ascii == Some(true);
        if !joins {
            (self.visible, self.within_ascii) = (Some(character), None);
        }
        is_unsafe(character)
            || is_tag(character) && !self.flag
            || is_loose
            || is_second
            || self.marks > MARKS
    }
}

/// Tag characters: an invisible copy of ASCII.
const fn is_tag(character: char) -> bool {
    matches!(character, '\u{E0020}'..='\u{E007F}')
}

/// Variation selectors, which choose a form of the character before them.
const fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters without width that part or join their neighbours, or choose their form. Within a word
/// of ASCII they do nothing but make it another one.
const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{34F}' | '\u{200B}'..='\u{200D}' | '\u{2060}') || is_selector(character)
}

/// Reports every run of an unsafe character in `text`, and returns their spans.
pub(super) fn find(text: &str, defects: &mut Defects) -> Vec<Span> {
    let mut runs: Vec<(char, Span)> = Vec::new();
    let mut from = 0;
    let mut before = Before::default();
    while let Some(step) = first_suspect(&text.as_bytes()[from..]) {
        let at = from + step;
        let Some(character) = text[at..].chars().next() else {
            break;
        };
        if step > 0 {
            let visible = text.as_bytes().get(at - 1).copied().map(char::from);
            before = Before { visible, ..Before::default() };
        }
        from = at + character.len_utf8();
        if is_letter(character) {
            before = Before { visible: Some(character), ..Before::default() };
            continue;
        }
        if !before.refuses(character, &text[at..]) {
            continue;
        }
        let span = Span::of(at..from);
        let is_alike = |last: char| {
            last == character
                || [last, character].iter().all(|c| is_tag(*c))
                || [last, character].iter().all(|c| canonical_combining_class(*c) != 0)
        };
        match runs.last_mut() {
            Some((last, run)) if is_alike(*last) && run.end == span.start => run.end = span.end,
            _ => runs.push((character, span)),
        }
    }
    for (character, span) in &runs {
        defects.add(
            SyntaxDefect::UnsafeCharacter { character: *character, escaped: false, literal: None },
            *span,
        );
    }
    runs.into_iter().map(|(_, span)| span).collect()
}

/// Overwrites the characters in `spans` with visible ones of the same length in bytes.
pub(super) fn substitute(text: &str, spans: &[Span]) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans {
        clean.push_str(&text[from..span.start as usize]);
        clean.extend(text[span.range()].chars().map(|character| match character.len_utf8() {
            1 => '_',
            2 => '¿',
            3 => '\u{FFFD}',
            _ => '\u{1F6C7}',
        }));
        from = span.end as usize;
    }
    clean.push_str(&text[from..]);
    clean
}

/// Reports every escape in the double-quoted scalar `source` that stands for an unsafe
/// character, and says whether there is one. `start` is the scalar's offset in the file.
pub(super) fn check_escapes(source: &str, start: u32, defects: &mut Defects) -> bool {
    let mut found = false;
    for (at, letter) in escape::escapes(source) {
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let code_at = at + 1 + letter.len_utf8();
        let character = match source.get(code_at..code_at + digits) {
            Some(code) if digits > 0 => u32::from_str_radix(code, 16).ok().and_then(char::from_u32),
            _ => named_escape(letter),
        };
        if let Some(character) = character.filter(|c| is_unsafe(*c) || is_tag(*c)) {
            let is_letter = digits == 0 && letter != '0';
            // Once for the scalar: a copy for each escape would be quadratic.
            let literal = (is_letter && !found).then(|| escape::literal(source)).flatten();
            let whole = span_at(start, 0..source.len());
            let literal = literal.map(|literal| Box::new(Spanned::new(literal, whole)));
            let defect = SyntaxDefect::UnsafeCharacter { character, escaped: true, literal };
            defects.add(defect, span_at(start, at..code_at + digits));
            found = true;
        }
    }
    found
}

/// The unsafe characters that YAML has a letter for (YAML 1.2.2, 5.7).
fn named_escape(letter: char) -> Option<char> {
    Some(match letter {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'v' => '\u{B}',
        'f' => '\u{C}',
        'e' => '\u{1B}',
        'N' => '\u{85}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        _ => return None,
    })
}

/// The letters that most texts of other scripts than ASCII's are made of: none is refused, whatever
/// precedes it, and none is a mark or a joiner.
const fn is_letter(character: char) -> bool {
    matches!(character, '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{373}' | '\u{386}'..='\u{3FF}'
        | '\u{400}'..='\u{481}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}'
        | '\u{1E00}'..='\u{1EFF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Where the first byte stands that may be unsafe.
fn first_suspect(bytes: &[u8]) -> Option<usize> {
    let blocks = bytes.as_chunks::<BLOCK>().0;
    let is_suspect =
        |block: &[u8; BLOCK]| block.iter().fold(false, |any, byte| any | may_be_unsafe(byte));
    let clean = blocks.iter().position(is_suspect).unwrap_or(blocks.len()) * BLOCK;
    Some(clean + bytes[clean..].iter().position(may_be_unsafe)?)
}

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// Whether a byte begins a character that may be unsafe: a control character, or none of ASCII. Without
/// a branch, so that the bytes of a block are compared at once.
fn may_be_unsafe(byte: &u8) -> bool {
    let is_visible = byte.wrapping_sub(b' ') <= b'~' - b' ';
    !(is_visible | (*byte == b'\t') | (*byte == b'\n') | (*byte == b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unsafe_character_is_found_from_its_first_byte() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            let found = !find(&text, &mut Defects::default()).is_empty();
            assert_eq!(found, is_unsafe(character) || is_tag(character), "{character:?}");
            let clean = substitute(&text, &[Span::of(0..text.len())]);
            assert_eq!(clean.len(), text.len());
            let mut before =
                Before { marks: MARKS, selector: true, flag: true, ..Before::default() };
            if is_letter(character) {
                assert!(!before.refuses(character, &text), "{character:?}");
                let Before { visible, within_ascii, selector, marks, flag } = before;
                let after = (visible, within_ascii, selector, marks, flag);
                assert_eq!(after, (Some(character), None, false, 0, false), "{character:?}");
            }
            assert!(!clean.chars().any(is_unsafe));
        }
    }

    #[test]
    fn a_byte_that_may_be_unsafe_is_seen_wherever_it_stands() {
        let places = 0..2 * BLOCK + 1;
        for (at, byte) in places.flat_map(|at| (0..=u8::MAX).map(move |byte| (at, byte))) {
            let mut bytes = [b'~'; 2 * BLOCK + 1];
            bytes[at] = byte;
            assert_eq!(first_suspect(&bytes), may_be_unsafe(&byte).then_some(at), "{byte:x} {at}");
        }
    }

    #[test]
    fn text_of_any_script_passes() {
        for text in [
            "قصف على الحشد\u{200F} می\u{200C}خواهم یا SMS\u{200C}های ما\u{651}\u{64E}",
            "יום שׁ\u{5BC}\u{5B8}\u{5BD}\u{596} 空袭 葛\u{E0100} ภาษา\u{200B}ไทย क्\u{200D}ष so\u{AD}lar",
            "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F} 1\u{FE0F}\u{20E3} \u{1F3F4}\u{E0067}\u{E0062}\u{E007F}",
            "e\u{301}\u{200E}\u{61C} Ti\u{1EBF}ng Vie\u{323}\u{302}t a\u{300}\u{301}\u{302}\u{303}\u{304}",
        ] {
            assert_eq!(find(text, &mut Defects::default()), [], "{text}");
        }
    }

    #[test]
    fn what_nobody_sees_where_it_stands_is_found() {
        for (text, found) in [
            ("a\u{E0041}\u{E0042}b", &[(1, 9)][..]),
            ("\u{1F3F4}a\u{E0067}", &[(5, 9)]),
            ("GO\u{200B}\u{200B}V", &[(2, 8)]),
            ("GO\u{200D}V G\u{FE0F}V", &[(2, 5), (8, 11)]),
            ("😀\u{FE0F}\u{FE01}\u{FE02}", &[(7, 10), (10, 13)]),
            ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}x", &[(11, 15)]),
            ("x\u{2062}y\u{3164}", &[(1, 4), (5, 8)]),
        ] {
            let spans: Vec<_> = find(text, &mut Defects::default())
                .iter()
                .map(|span| (span.start, span.end))
                .collect();
            assert_eq!(spans, found, "{text:?}");
        }
    }

    #[test]
    fn a_run_is_reported_once() {
        let text = "a: \u{202E}\u{202E}b\u{0}\u{7}\n# \u{FEFF}\n";
        let mut defects = Defects::default();
        let spans = find(text, &mut defects);
        let expected = [Span::new(3, 9), Span::new(10, 11), Span::new(11, 12), Span::new(15, 18)];
        assert_eq!(spans, expected);
        assert_eq!(defects.into_sorted().len(), 4);
        assert_eq!(substitute(text, &spans), "a: \u{FFFD}\u{FFFD}b__\n# \u{FFFD}\n");
    }

    #[test]
    fn escapes_are_judged_by_what_they_stand_for() {
        let mut defects = Defects::default();
        let source = r#""\\0 \x41 \u202e \n\t\e \N \U0001F600 \u200D""#;
        assert!(check_escapes(source, 100, &mut defects));
        let found: Vec<_> = defects
            .into_sorted()
            .into_iter()
            .map(|defect| (defect.span.start, defect.span.end))
            .collect();
        assert_eq!(found, [(110, 116), (121, 123), (124, 126)]);
        assert!(!check_escapes(r#""plain \x""#, 0, &mut Defects::default()));
    }
}
