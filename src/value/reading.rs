//! What was probably meant by a text that is no value of its kind.

/// The value that a text was probably meant to be, in the spelling that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value as it is to be written.
    pub text: Box<str>,
    /// Whether it is the only meaning: whoever knows the spelling reads this value.
    pub sure: bool,
}

impl From<&str> for Reading {
    /// A reading that is sure.
    fn from(text: &str) -> Self {
        Self { text: text.into(), sure: true }
    }
}

/// `text` with the digits of other scripts, and minus signs and dashes, as ASCII has them: `٢٠١٩`
/// and `２０１９` are 2019.
pub(super) fn in_ascii(text: &str) -> String {
    text.chars().map(|c| digit(c).or_else(|| hyphen(c)).unwrap_or(c)).collect()
}

fn hyphen(character: char) -> Option<char> {
    matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}').then_some('-')
}

/// The digit zero of the scripts that curators' keyboards have: Arabic, Persian, Devanagari,
/// Bengali, full width.
const ZEROS: [char; 5] = ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{FF10}'];

fn digit(character: char) -> Option<char> {
    let value = |zero: &char| u32::from(character).checked_sub(u32::from(*zero));
    let value = ZEROS.iter().filter_map(value).find(|value| *value < 10)?;
    char::from_digit(value, 10)
}
