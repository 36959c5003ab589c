//! Characters that look like those of the Latin alphabet and are others.

use unicode_security::confusable_detection;

/// How a name reads to the eye, where not all of its characters are what they seem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The same with the Latin characters, all of them ASCII.
    pub latin: String,
    /// The first character that is not what it seems.
    pub character: char,
    /// What it looks like; `None` for one that nobody sees.
    pub seems: Option<char>,
}

/// How `written` reads to the eye: `ASSАULT` with a Cyrillic `А`, or `ＡＳＳＡＵＬＴ` in full width, as
/// `ASSAULT`. `None` where it is ASCII already, or where a character looks like none of ASCII.
pub fn look_alike(written: &str) -> Option<LookAlike> {
    let mut latin = String::new();
    let mut first = None;
    for character in written.chars() {
        if character.is_ascii() {
            latin.push(character);
            continue;
        }
        let seems = if is_invisible(character) { None } else { Some(seems(character)?) };
        latin.extend(seems);
        first = first.or(Some((character, seems)));
    }
    let (character, seems) = first?;
    Some(LookAlike { latin: latin.trim().to_owned(), character, seems })
}

/// Whether a text has Latin letters or digits beside its other characters, or none but Latin ones
/// of full width: one that has only letters of another script is a word of that script.
pub fn is_mixed(written: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || full_width(c).is_some();
    written.contains(is_latin)
}

/// The character of ASCII that looks like `character`. Of several, such as `I`, `l` and `1`, it is
/// the one of the same kind.
fn seems(character: char) -> Option<char> {
    if let Some(narrow) = full_width(character) {
        return Some(narrow);
    }
    if character.is_whitespace() {
        return Some(' ');
    }
    let prototype = prototype(character);
    let alike = || ('!'..='~').filter(|known| self::prototype(*known) == prototype);
    let kind = |c: char| (c.is_alphabetic(), c.is_uppercase(), c.is_numeric());
    alike().find(|known| kind(*known) == kind(character)).or_else(|| alike().next())
}

/// What a text looks like: texts with equal skeletons are told apart only by looking closely. Beside
/// the look-alikes of Unicode (UTS 39) it joins the letters that Arabic, Persian, Kurdish and Urdu
/// keyboards write for each other: yeh, alef maksura and Farsi yeh, kaf and keheh, the kinds of heh,
/// and alef with and without hamza.
pub fn skeleton(text: &str) -> String {
    let joined: String = text.chars().map(of_one_keyboard).collect();
    confusable_detection::skeleton(&joined).collect()
}

const fn of_one_keyboard(letter: char) -> char {
    match letter {
        '\u{649}' | '\u{64A}' | '\u{6D2}' => '\u{6CC}',
        '\u{643}' | '\u{6AA}' => '\u{6A9}',
        '\u{629}' | '\u{6BE}' | '\u{6C0}' | '\u{6C1}' | '\u{6D5}' => '\u{647}',
        '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}' => '\u{627}',
        other => other,
    }
}

fn prototype(character: char) -> String {
    confusable_detection::skeleton(character.encode_utf8(&mut [0; 4])).collect()
}

/// The character of ASCII that one of full width is (Unicode, Halfwidth and Fullwidth Forms).
fn full_width(character: char) -> Option<char> {
    let offset = u32::from('\u{FF01}') - u32::from('!');
    let is_wide = matches!(character, '\u{FF01}'..='\u{FF5E}');
    is_wide.then(|| char::from_u32(u32::from(character) - offset))?
}

/// Whether nobody sees a character: joiners, directional marks, fillers, variation selectors, tags.
/// Texts of many scripts are written with them, names and codes never.
pub const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}'
            | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_latin_is_read_so() {
        let cases = [
            ("ASSАULT", "ASSAULT", 'А', Some('A')),
            ("ＡＳＳＡＵＬＴ", "ASSAULT", 'Ａ', Some('A')),
            ("аl-shammаri", "al-shammari", 'а', Some('a')),
            ("ΙΤΑ", "ITA", 'Ι', Some('I')),
            ("ІSR", "ISR", 'І', Some('I')),
            ("2019–08–20-bаlad", "2019-08-20-balad", '–', Some('-')),
            ("pm\u{200B}f", "pmf", '\u{200B}', None),
            ("\u{A0}pmf\u{A0}", "pmf", '\u{A0}', Some(' ')),
            ("В", "B", 'В', Some('B')),
        ];
        for (written, latin, character, seems) in cases {
            let expected = LookAlike { latin: latin.to_owned(), character, seems };
            assert_eq!(look_alike(written), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_looks_like_nothing_latin_is_left_alone() {
        for written in ["", "ASSAULT", "café", "Москва", "الحشد", "空袭", "al-qāim", "straße"]
        {
            assert_eq!(look_alike(written), None, "{written}");
        }
        assert!(is_mixed("ASSАULT") && is_mixed("ＡＢ") && !is_mixed("ОМОН"));
    }
}
