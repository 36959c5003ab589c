//! Unknown keys: what a finding says about one, and how many are guessed.

use super::{Form, Limit, UnknownKey};
use crate::source::Spanned;
use crate::spelling;

/// Keys that one message names. More do not help to choose.
const NAMED_KEYS: usize = 20;

/// Letters that may be compared for each byte of a file, so that guessing takes no longer than
/// reading.
const GUESSES_PER_BYTE: usize = 100;

/// All the keys that a mapping may have: those of its form, and more.
fn keys<'k>(form: &'static Form, extra: &[&'k str]) -> impl Iterator<Item = &'k str> {
    form.keys.iter().map(|key| key.name).chain(extra.iter().copied())
}

impl UnknownKey {
    /// A key that a mapping does not have.
    pub(super) fn new(
        form: &'static Form,
        extra: &[&str],
        written: &str,
        meant: Option<&str>,
        under: Option<Spanned<String>>,
    ) -> Self {
        let room = if meant.is_none() { NAMED_KEYS.saturating_sub(form.keys.len()) } else { 0 };
        let named = &extra[..extra.len().min(room)];
        let only_slip = || spelling::only_slip(written, keys(form, extra));
        Self {
            form,
            key: written.to_owned(),
            meant: meant.map(str::to_owned),
            is_slip: meant.is_some() && only_slip() == meant,
            extra: named.iter().map(|&key| key.to_owned()).collect(),
            more: extra.len() - named.len(),
            under,
            around: if meant.is_none() { form.around(written) } else { None },
            taken: None,
            value: None,
        }
    }
}

/// How much was compared to guess the unknown keys of a file.
#[derive(Debug)]
pub(super) struct Guesses {
    letters: usize,
    is_spent: bool,
}

impl Guesses {
    pub(super) const fn new() -> Self {
        Self { letters: 0, is_spent: false }
    }

    /// Whether an unknown key may still be compared with all the keys that its mapping may have, in
    /// a file of so many bytes.
    ///
    /// # Errors
    /// The first time that it may no longer.
    pub(super) fn may_hold(
        &mut self,
        written: &str,
        form: &'static Form,
        extra: &[&str],
        bytes: usize,
    ) -> Result<bool, Limit> {
        let letters = keys(form, extra).map(|key| spelling::effort(written, key));
        self.letters += letters.sum::<usize>();
        let may = self.letters <= Limit::KeyGuesses.most() + GUESSES_PER_BYTE * bytes;
        if may || std::mem::replace(&mut self.is_spent, true) {
            return Ok(may);
        }
        Err(Limit::KeyGuesses)
    }
}
