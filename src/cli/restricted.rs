//! Whether a command leaves out what is restricted, and what it says of it.

use clap::Args;

use super::{Failure, Settings, print};
use crate::dataset::{Binding, Published, Restricted};

/// Whether what is restricted is written.
#[derive(Args, Debug)]
pub(super) struct RestrictedParts {
    /// Write what is restricted too: do not publish it.
    #[arg(long)]
    with_restricted: bool,
}

impl RestrictedParts {
    /// Whether what is restricted is written.
    pub(super) const fn are_included(&self) -> bool {
        self.with_restricted
    }

    /// How a dataset is published.
    pub(super) fn publish<'p>(&self) -> fn(Binding<'p>) -> Published<'p> {
        match self.with_restricted {
            true => Published::with_restricted,
            false => Published::without_restricted,
        }
    }
}

/// Tells how much of a dataset is restricted, if anything is.
pub(super) fn tell(restricted: Restricted, settings: Settings) -> Result<(), Failure> {
    if !restricted.is_any() {
        return Ok(());
    }
    let Restricted { fields, entries, locations, included } = restricted;
    let counts = format!("fields {fields}, entries {entries}, locations {locations}");
    let line = match included {
        true => format!("what is restricted is in it ({counts}): do not publish it"),
        false => {
            format!("left out what is restricted ({counts}); `--with-restricted` writes it too")
        }
    };
    print::line(&line, settings)
}
