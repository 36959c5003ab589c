//! Characters that no record may hold, because a reader cannot see them or is misled by them.

use crate::source::Span;

use super::defect::{Defects, SyntaxDefect};

/// Whether a character is refused everywhere in a file, comments included.
///
/// Control characters other than tab and line breaks (C0, DEL, C1), the line and paragraph
/// separators, a byte order mark inside the text, bidirectional embeddings, overrides and
/// isolates (they make a text read otherwise than it is: CVE-2021-42574), and noncharacters.
/// Directional marks and joiners pass: Arabic, Persian and emoji are written with them.
pub(super) fn is_unsafe(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => true,
        '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}' => true,
        _ => u32::from(character) & 0xFFFE == 0xFFFE,
    }
}

/// Reports every run of an unsafe character in `text`, and gives where they are.
pub(super) fn find(text: &str, defects: &mut Defects) -> Vec<Span> {
    let mut runs: Vec<(char, Span)> = Vec::new();
    let mut from = 0;
    while let Some(step) = text.as_bytes()[from..].iter().position(may_start_unsafe) {
        let at = from + step;
        let Some(character) = text[at..].chars().next() else {
            break;
        };
        from = at + character.len_utf8();
        if !is_unsafe(character) {
            continue;
        }
        let span = Span::new(offset(at), offset(from));
        match runs.last_mut() {
            Some((last, run)) if *last == character && run.end == span.start => run.end = span.end,
            _ => runs.push((character, span)),
        }
    }
    for (character, span) in &runs {
        defects.add(SyntaxDefect::UnsafeCharacter { character: *character, escaped: false }, *span);
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
    let mut from = 0;
    while let Some(step) = source[from..].find('\\') {
        let at = from + step;
        let rest = &source[at + 1..];
        let digits = match rest.as_bytes().first() {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let letter = rest.chars().next().map_or(0, char::len_utf8);
        from = at + 1 + letter + digits;
        let character = match rest.get(letter..letter + digits) {
            Some(code) if digits > 0 => u32::from_str_radix(code, 16).ok().and_then(char::from_u32),
            _ => rest.chars().next().and_then(named_escape),
        };
        if let Some(character) = character.filter(|character| is_unsafe(*character)) {
            let span = Span::new(start + offset(at), start + offset(from));
            defects.add(SyntaxDefect::UnsafeCharacter { character, escaped: true }, span);
            found = true;
        }
        from = from.min(source.len());
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

/// The bytes that a character's encoding can start with if it is unsafe.
fn may_start_unsafe(byte: &u8) -> bool {
    match *byte {
        b'\t' | b'\n' | b'\r' => false,
        0..=0x1F | 0x7F | 0xC2 | 0xE2 | 0xEF | 0xF0..=0xF4 => true,
        _ => false,
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unsafe_character_is_found_from_its_first_byte() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            let found = !find(&text, &mut Defects::default()).is_empty();
            assert_eq!(found, is_unsafe(character), "{character:?}");
            let clean = substitute(&text, &[Span::new(0, offset(text.len()))]);
            assert_eq!(clean.len(), text.len());
            assert!(!clean.chars().any(is_unsafe));
        }
    }

    #[test]
    fn text_of_any_script_passes() {
        let text = "قصف على الحشد\u{200F} می\u{200C}خواهم יום 空袭 👨\u{200D}👩\u{200D}👧 e\u{301}\u{200E}\u{61C}";
        assert!(!text.chars().any(is_unsafe));
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
