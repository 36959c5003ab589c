//! The colours of the format for people.

use annotate_snippets::renderer as defaults;
use anstyle::Style;

use crate::diagnostic::Level;

/// The styles of what eventc draws itself, as in the snippets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Palette {
    pub(super) error: Style,
    pub(super) warning: Style,
    pub(super) info: Style,
    pub(super) help: Style,
    pub(super) emphasis: Style,
    pub(super) line_number: Style,
    pub(super) addition: Style,
    pub(super) removal: Style,
}

impl Palette {
    pub(super) fn new(coloured: bool) -> Self {
        match coloured {
            false => Self::default(),
            true => Self {
                error: defaults::DEFAULT_ERROR_STYLE,
                warning: defaults::DEFAULT_WARNING_STYLE,
                info: defaults::DEFAULT_INFO_STYLE,
                help: defaults::DEFAULT_HELP_STYLE,
                emphasis: defaults::DEFAULT_EMPHASIS_STYLE,
                line_number: defaults::DEFAULT_LINE_NUM_STYLE,
                addition: defaults::DEFAULT_ADDITION_STYLE,
                removal: defaults::DEFAULT_REMOVAL_STYLE,
            },
        }
    }

    pub(super) fn level(&self, level: Level) -> Style {
        match level {
            Level::Error => self.error,
            Level::Warning => self.warning,
            Level::Info => self.info,
        }
    }
}
