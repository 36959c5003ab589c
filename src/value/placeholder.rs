//! Placeholders that other datasets write for unknown values.

/// Such words, in lower case.
const WORDS: [&str; 20] = [
    "?",
    "??",
    "-",
    "--",
    ".",
    "n/a",
    "n.a.",
    "n.a",
    "na",
    "nan",
    "nil",
    "none",
    "null",
    "unknown",
    "unk",
    "missing",
    "not known",
    "no data",
    "tbd",
    "#n/a",
];

/// Whether a text stands for a figure that is not known: `-99`, `n/a`, `unknown`.
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim().trim_matches(['"', '\'']).to_lowercase();
    let is_repeated = |digits: &str, least: usize| {
        digits.len() >= least
            && ["7", "8", "9"].iter().any(|digit| digits.trim_start_matches(digit).is_empty())
    };
    let bare = text.strip_suffix(".0").unwrap_or(&text);
    match bare.strip_prefix('-') {
        Some(digits) => digits == "1" || is_repeated(digits, 1) || WORDS.contains(&&*text),
        None => is_nines(bare) || WORDS.contains(&&*text),
    }
}

/// Whether a text is what stands in an example for what is still to be written: `...`.
pub fn is_unfilled(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['.', '…']) && matches!(text.trim_end(), "..." | "…")
}

/// Whether a count is written as `999` or with more nines, which mostly stand for an unknown count.
pub fn is_nines(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|digit| digit == b'9')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known() {
        for text in ["-99", "-1", "-9", "-999", "-88.0", "999", "9999", "N/A", "unknown", "?"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["99", "-2", "-12", "0", "899", "99.5", "dozens", "", "-"] {
            assert_eq!(is_placeholder(text), text == "-", "{text}");
        }
    }
}
