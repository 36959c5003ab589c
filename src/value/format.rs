//! Texts in formats that others define: Wikidata items, web addresses, language tags, moments.

use chrono::NaiveDate;

use super::date_time::DateTime;
use super::reading::Reading;

/// A text format that others define.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An item of Wikidata: `Q16971226`.
    Wikidata,
    /// The address of a page on the web.
    Url,
    /// A language, as BCP 47 tags it: `en`, `pt-BR`, `zh-Hant`.
    Language,
    /// A day of the calendar in ISO 8601.
    Day,
    /// A day and a time of day in ISO 8601.
    DateTime,
}

/// Why a text does not have its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    /// The format.
    pub format: Format,
    /// What was probably meant.
    pub reading: Option<Reading>,
}

impl Format {
    /// The name of such a text, with its article.
    pub const fn what(self) -> &'static str {
        match self {
            Self::Wikidata => "an item of Wikidata",
            Self::Url => "the address of a page",
            Self::Language => "a language tag",
            Self::Day => "a day",
            Self::DateTime => "a date with a time",
        }
    }

    /// An example.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Wikidata => "`Q16971226`",
            Self::Url => "`https://www.example.org/report`",
            Self::Language => "`en`, `ar` or `pt-BR`",
            Self::Day => "`2019-08-20`",
            Self::DateTime => "`2019-08-20T17:45` or `2019-08-20T17:45:30+03:00`",
        }
    }

    /// A regular expression (ECMA 262) that every such text matches. It also matches some texts
    /// that are no address.
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Wikidata => "^Q[1-9][0-9]{0,17}$",
            Self::Url => "^[Hh][Tt][Tt][Pp][Ss]?://.+$",
            Self::Language => "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
            Self::Day => "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            Self::DateTime => DateTime::PATTERN,
        }
    }

    /// Whether a text has this format.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Self::Wikidata => is_wikidata(text),
            Self::Url => is_url(text),
            Self::Language => is_language(text),
            Self::Day => is_day(text),
            Self::DateTime => DateTime::parse(text).is_some(),
        }
    }

    /// Checks a text.
    ///
    /// # Errors
    /// When it does not have this format, with what was probably meant.
    pub fn check(self, text: &str) -> Result<(), FormatError> {
        if self.accepts(text) {
            return Ok(());
        }
        let meant = match self {
            Self::Wikidata => wikidata_meant(text),
            Self::Url => url_meant(text),
            Self::Language => language_meant(text),
            Self::Day => None,
            Self::DateTime => DateTime::reading(text),
        };
        let reading = meant.filter(|meant| self.accepts(&meant.text));
        Err(FormatError { format: self, reading })
    }
}

/// The longest number of an item that is read, in digits; Wikidata has some nine.
const LONGEST_ITEM: usize = 18;

fn is_wikidata(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|number| {
        (1..=LONGEST_ITEM).contains(&number.len())
            && number.bytes().all(|digit| digit.is_ascii_digit())
            && !number.starts_with('0')
    })
}

/// The item at the end of its address, or in small letters.
fn wikidata_meant(text: &str) -> Option<Reading> {
    let name = text.split(['?', '#']).next()?.trim_end_matches('/');
    let name = name.rsplit(['/', ':']).next()?.trim();
    Some(Reading { text: name.to_uppercase().into(), sure: true })
}

/// The host of an address, without its port and the name of a user.
fn host(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(if host.starts_with('[') { host } else { host.split(':').next()? })
}

fn is_url(text: &str) -> bool {
    let is_strange = |c: char| c.is_whitespace() || c.is_control() || "<>\"\\|".contains(c);
    let names_host = |host: &str| {
        let mut labels = host.split('.');
        host.starts_with('[') || host.contains('.') && labels.all(|label| !label.is_empty())
    };
    host(text).is_some_and(names_host) && !text.contains(is_strange)
}

/// The address with its scheme written out, and with blanks and bars as an address writes them.
fn url_meant(text: &str) -> Option<Reading> {
    let text = text.trim().replace(' ', "%20").replace('|', "%7C");
    let lower = text.to_ascii_lowercase();
    let scheme = ["https", "http"]
        .into_iter()
        .find(|scheme| lower.strip_prefix(scheme).is_some_and(|rest| rest.starts_with([':', '/'])));
    let meant = match scheme {
        Some(scheme) => {
            format!("{scheme}://{}", text[scheme.len()..].trim_start_matches([':', '/']))
        }
        None if text.contains("://") || text.contains('@') => return None,
        None => format!("https://{}", text.trim_start_matches('/')),
    };
    // A word with a colon, such as `javascript:`, is the scheme of something else.
    let is_page = host(&meant).is_some_and(|host| {
        host.rsplit_once('.').is_some_and(|(_, top)| top.chars().all(char::is_alphabetic))
    });
    is_page.then(|| Reading { text: meant.into(), sure: false })
}

/// Four digits of a year, two of a month and two of a day, all three in the calendar.
fn is_day(text: &str) -> bool {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d");
    day.is_ok_and(|day| day.to_string() == text)
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_primary = |part: &str| {
        matches!(part.len(), 2 | 3) && part.bytes().all(|letter| letter.is_ascii_alphabetic())
    };
    let is_further = |part: &str| {
        matches!(part.len(), 1..=8) && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(is_primary) && parts.all(is_further)
}

/// `en_GB` is `en-GB`.
fn language_meant(text: &str) -> Option<Reading> {
    text.contains('_').then(|| Reading { text: text.replace('_', "-").into(), sure: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_of_its_form_or_says_what_was_meant() {
        use Format::{Day, Language, Url, Wikidata};
        let cases = [
            (Wikidata, "Q42", Ok(())),
            (Wikidata, "q42", Err(Some("Q42"))),
            (Wikidata, "https://www.wikidata.org/wiki/Q42", Err(Some("Q42"))),
            (Wikidata, "http://www.wikidata.org/entity/Q42/", Err(Some("Q42"))),
            (Wikidata, "wd:Q42", Err(Some("Q42"))),
            (Wikidata, "P31", Err(None)),
            (Wikidata, "Q", Err(None)),
            (Wikidata, "Q042", Err(None)),
            (Url, "https://www.example.org/x?y=1#z", Ok(())),
            (Url, "HTTP://example.org:8080", Ok(())),
            (Url, "https://example.org/بلد", Ok(())),
            (Url, "https://web.archive.org/web/2019/https://example.org/", Ok(())),
            (Url, "http://[2001:db8::1]/", Ok(())),
            (Url, "www.example.org/x", Err(Some("https://www.example.org/x"))),
            (Url, "www.example.org/x y", Err(Some("https://www.example.org/x%20y"))),
            (Url, "http//broken.org/x", Err(Some("http://broken.org/x"))),
            (Url, "https://example.org/?tags=a|b", Err(Some("https://example.org/?tags=a%7Cb"))),
            (Url, "http//broken", Err(None)),
            (Url, "javascript:alert(1)", Err(None)),
            (Url, "ftp://example.org/x", Err(None)),
            (Url, "https://", Err(None)),
            (Url, "https://example..org", Err(None)),
            (Url, "see the paper", Err(None)),
            (Day, "2024-02-29", Ok(())),
            (Day, "2023-02-29", Err(None)),
            (Day, "2024-2-29", Err(None)),
            (Day, "2024-02", Err(None)),
            (Day, "2024-02-29T10:00", Err(None)),
            (Language, "en", Ok(())),
            (Language, "zh-Hant-TW", Ok(())),
            (Language, "ckb", Ok(())),
            (Language, "en_GB", Err(Some("en-GB"))),
            (Language, "english", Err(None)),
            (Language, "en, ar", Err(None)),
        ];
        for (format, text, expected) in cases {
            let checked = format.check(text);
            let meant = checked.as_ref().map_err(|error| Some(&*error.reading.as_ref()?.text));
            assert_eq!(meant.copied(), expected, "{text}");
        }
    }
}
