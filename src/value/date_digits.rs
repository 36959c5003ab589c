//! The digits of dates as written, whether or not the calendar has such a date.

/// The digits of a single date, whether or not the calendar has such a date.
#[derive(Default)]
pub(super) struct Written {
    pub(super) negative: bool,
    pub(super) year_at: usize,
    /// The signed year; none with `X` digits.
    pub(super) year: Option<i32>,
    pub(super) month_at: usize,
    pub(super) month: Option<u8>,
    pub(super) has_day: bool,
    pub(super) day_at: usize,
    pub(super) day: Option<u8>,
}

/// The single dates in a text, also those in intervals and sets.
pub(super) fn written_dates(text: &str) -> impl Iterator<Item = Written> {
    pieces(text, &['/', ',', '[', ']', '{', '}', '.'])
        .filter_map(|(start, piece)| Cursor { bytes: piece.as_bytes(), start, at: 0 }.date())
}

/// Where the month slot of a date holds a code 25 to 41 (ISO 8601-2, 4.8.1).
pub(super) fn sub_year_grouping_at(text: &str) -> Option<usize> {
    let grouping = |date: &Written| date.month.is_some_and(|month| (25..=41).contains(&month));
    written_dates(text).find(grouping).map(|date| date.month_at)
}

/// The parts of a text between separators of one byte, each with its offset.
pub(super) fn pieces<'a>(
    text: &'a str,
    separators: &'a [char],
) -> impl Iterator<Item = (usize, &'a str)> {
    let mut next = 0;
    text.split(separators).map(move |piece| {
        let start = next;
        next += piece.len() + 1;
        (start, piece)
    })
}

struct Cursor<'a> {
    bytes: &'a [u8],
    start: usize,
    at: usize,
}

impl Cursor<'_> {
    fn date(mut self) -> Option<Written> {
        let mut date = Written::default();
        self.skip_qualifier();
        date.year_at = self.start + self.at;
        date.negative = self.eat(b'-');
        let year = self.digits(4)?;
        date.year = year.map(|year| if date.negative { -i32::from(year) } else { year.into() });
        if self.component()? {
            date.month_at = self.start + self.at;
            date.month = self.two_digits()?;
            if self.component()? {
                date.has_day = true;
                date.day_at = self.start + self.at;
                date.day = self.two_digits()?;
                self.skip_qualifier();
                self.is_done().then_some(())?;
            }
        }
        Some(date)
    }

    /// Steps to the next component: false at the end, none where something else stands.
    fn component(&mut self) -> Option<bool> {
        self.skip_qualifier();
        if self.is_done() {
            return Some(false);
        }
        self.eat(b'-').then_some(())?;
        self.skip_qualifier();
        Some(true)
    }

    fn two_digits(&mut self) -> Option<Option<u8>> {
        Some(self.digits(2)?.and_then(|value| u8::try_from(value).ok()))
    }

    /// Reads so many digits or `X`: none where they are not there, `Some(None)` with an `X`.
    fn digits(&mut self, count: usize) -> Option<Option<u16>> {
        let digits = self.bytes.get(self.at..self.at + count)?;
        self.at += count;
        let all = digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'X');
        all.then(|| {
            digits.iter().try_fold(0, |value, byte| {
                byte.is_ascii_digit().then(|| value * 10 + u16::from(byte - b'0'))
            })
        })
    }

    fn skip_qualifier(&mut self) {
        if matches!(self.bytes.get(self.at), Some(b'?' | b'~' | b'%')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }
}
