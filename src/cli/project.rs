//! Finding the project, and printing what was found in it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;

use super::{Color, Failure, Settings, unless_closed};
use crate::Checked;
use crate::diagnostic::Printable;
use crate::diagnostic::render::{self, Format, Report, Summary, Texts};
use crate::rules::RULES;
use crate::schema;
use crate::source::{Disk, World};

/// The project that the working directory lies in.
pub(super) fn find() -> Result<Disk, Failure> {
    let here = std::env::current_dir()?;
    let root = Disk::project_root(&here).ok_or_else(|| {
        let here = here.display();
        Failure(format!(
            "no project here: neither `{here}` nor a folder above it has `datasets/` or `schema/`"
        ))
    })?;
    Ok(Disk::new(root))
}

/// A path as the project names it: relative to its root, with `/`.
pub(super) fn relative(disk: &Disk, path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let absolute =
        path.canonicalize().map_err(|error| Failure(format!("cannot read `{shown}`: {error}")))?;
    let root = disk.root().canonicalize()?;
    let inside = absolute.strip_prefix(&root);
    let inside = inside
        .map_err(|_| Failure(format!("`{shown}` lies outside the project `{}`", root.display())))?;
    let parts: Vec<_> =
        inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(parts.join("/"))
}

/// Prints the findings: for people on standard error, for machines on standard output.
pub(super) fn print_findings(
    checked: &Checked,
    world: &dyn World,
    format: Format,
    settings: Settings,
) -> Result<(), Failure> {
    let report = Report::new(&checked.findings, summary(checked));
    let mut texts =
        Texts::new(&checked.files, |file| schema::text_of(world, checked.files.path(file)));
    let written = if format == Format::Text {
        let stream = AutoStream::new(io::stderr().lock(), settings.color.choice());
        let mut buffered = io::BufWriter::new(stream);
        render::write(&mut buffered, format, settings.color.colour(), &report, &mut texts)
            .and_then(|()| buffered.flush())
    } else {
        let mut buffered = io::BufWriter::new(io::stdout().lock());
        render::write(&mut buffered, format, render::Colour::Never, &report, &mut texts)
            .and_then(|()| buffered.flush())
    };
    unless_closed(written)
}

fn summary(checked: &Checked) -> Summary {
    let datasets = &checked.datasets;
    Summary {
        datasets: datasets.len(),
        files: checked.files.len(),
        events: datasets.iter().map(|dataset| dataset.events.len()).sum(),
        claims: datasets.iter().map(crate::dataset::Dataset::claims).sum(),
        rules: RULES.len(),
        ..Summary::default()
    }
}

/// Prints why the tool could not do its work.
pub(super) fn print_failure(failure: &Failure, settings: Settings) -> io::Result<()> {
    let mut stream = AutoStream::new(io::stderr().lock(), settings.color.choice());
    let style = anstyle::AnsiColor::Red.on_default().bold();
    writeln!(stream, "{style}eventc failed{style:#}: {}", Printable::new(&failure.0))
}

/// Prints a line for people, unless they asked for quiet.
pub(super) fn print_line(line: &str, settings: Settings) -> Result<(), Failure> {
    if settings.quiet {
        return Ok(());
    }
    let mut stream = AutoStream::new(io::stderr().lock(), settings.color.choice());
    unless_closed(writeln!(stream, "{}", Printable::new(line)))
}

impl Color {
    pub(super) fn choice(self) -> anstream::ColorChoice {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
    }

    /// Whether the renderer should colour; the stream strips colours where they are not wanted.
    fn colour(self) -> render::Colour {
        match self {
            Self::Never => render::Colour::Never,
            Self::Auto | Self::Always => render::Colour::Always,
        }
    }
}

/// The folder that a build writes to.
pub(super) fn output_folder(disk: &Disk, chosen: Option<&PathBuf>) -> PathBuf {
    chosen.cloned().unwrap_or_else(|| disk.root().join("dist"))
}
