//! What the program is asked for on its command line.

use std::path::PathBuf;

use super::Failure;
use super::corpus::Corpus;

/// Any seed will do; figures are compared only between runs of the same.
const SEED: u64 = 2019;

/// Records where no number is given: enough for figures, or only to see that everything works.
const AS_A_BENCHMARK: u32 = 10_000;
const AS_A_TEST: u32 = 100;

/// What was asked for.
pub(super) struct Options {
    pub(super) records: u32,
    pub(super) per_file: u32,
    pub(super) broken: Option<u32>,
    pub(super) write: Option<PathBuf>,
}

impl Options {
    pub(super) fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Self { records: AS_A_TEST, per_file: 1, broken: None, write: None };
        let mut records = std::env::var("EVENTC_RECORDS").ok();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("`{word}` wants a value"));
            match word.as_str() {
                // `cargo bench` adds it, and `cargo test` does not.
                "--bench" => options.records = AS_A_BENCHMARK,
                "--per-file" => options.per_file = value()?.parse()?,
                "--broken" => options.broken = Some(value()?.parse()?),
                "--write" => options.write = Some(value()?.into()),
                _ => records = Some(word),
            }
        }
        if let Some(number) = records {
            options.records = number.parse().map_err(|_| format!("what is `{number}`?"))?;
        }
        Ok(options)
    }

    pub(super) fn corpus(&self) -> Corpus {
        let corpus = Corpus::new(self.records.max(1), SEED).per_file(self.per_file);
        match self.broken {
            Some(every) => corpus.broken(every),
            None => corpus,
        }
    }
}
