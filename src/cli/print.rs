//! The only door to standard output and standard error.
//!
//! Does: print what commands report. A closed pipe is no failure: its reader has read enough.
//!
//! Must never: print a text that is neither part of eventc nor cleaned here. Clippy refuses the
//! streams everywhere else.
#![expect(clippy::disallowed_methods, reason = "this is where the streams are opened")]

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::Path;

use anstream::AutoStream;
use clap::ColorChoice;
use serde::Serialize;
use terminal_size::{Height, Width, terminal_size_of};

use super::{Failure, Settings, project, release};
use crate::check::Verdict;
use crate::diagnostic::render::{
    Format, Report, RulePage, Scope, Terminal, Texts, markdown_page, write_json, write_json_text,
};
use crate::diagnostic::{Printable, wrapped};
use crate::fix::Patch;
use crate::rules::Rule;
use crate::schema;
use crate::source::{self, FileId, World};

/// Forces colours if the environment variable `FORCE_COLOR` asks for them, which anstream does not know.
/// `NO_COLOR` and `--color` win.
pub(super) fn heed_force_color() {
    let is_set = |name, unless: &str| {
        std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != unless)
    };
    if is_set("FORCE_COLOR", "0") && !is_set("NO_COLOR", "") {
        anstream::ColorChoice::Always.write_global();
    }
}

/// Prints a line for people, except with `--quiet`.
pub(super) fn line(line: &str, settings: Settings) -> Result<(), Failure> {
    unless_closed(tell(line, settings))
}

/// Prints lines for people while work goes on, which does not stop where they cannot be printed.
pub(super) fn teller(settings: Settings) -> impl Fn(&str) {
    move |line| drop(tell(line, settings))
}

fn tell(line: &str, settings: Settings) -> io::Result<()> {
    match settings.quiet {
        true => Ok(()),
        false => message(&mut errors(settings), Printable::new(line).as_str()),
    }
}

/// Whether messages are read on a terminal.
pub(super) fn is_watched() -> bool {
    terminal_size_of(io::stderr()).is_some()
}

/// Writes a line over the last such line of the terminal.
pub(super) fn transient(line: &str, settings: Settings) {
    let mut errors = errors(settings);
    // What goes on goes on, whether anybody sees it or not.
    let _ = write!(errors, "\r\x1b[2K{}", Printable::new(line)).and_then(|()| errors.flush());
}

/// Prints why eventc could not do its work.
pub(super) fn failure(failure: &Failure, settings: Settings) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let words = Printable::new(&failure.0);
    let words = format!("{style}eventc failed{style:#}: {words}");
    // If this cannot be printed, the exit status still says it.
    let _ = message(&mut errors(settings), &words);
}

/// Prints a message to standard error. Its lines below the first are indented.
fn message(errors: &mut impl Write, text: &str) -> io::Result<()> {
    let width = width(terminal_size_of(io::stderr()));
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len() + 2;
        wrapped("", indent, line, width).iter().try_for_each(|line| writeln!(errors, "{line}"))?;
    }
    Ok(())
}

/// Prints a line of a command's result.
pub(super) fn output_line(line: &str) -> Result<(), Failure> {
    unless_closed(writeln!(io::stdout().lock(), "{}", Printable::whole(line)))
}

/// Prints a patch byte for byte.
pub(super) fn patch(patch: &Patch) -> Result<(), Failure> {
    unless_closed(io::stdout().lock().write_all(patch.as_str().as_bytes()))
}

/// Prints a result as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    unless_closed(write_json(&mut out, value).and_then(|()| out.flush()))
}

/// Prints a result that is JSON already.
pub(super) fn json_text(json: &str) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    unless_closed(write_json_text(&mut out, json).and_then(|()| out.flush()))
}

/// Prints a text, each line cleaned by itself.
pub(super) fn text(text: &str) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut lines = text.lines();
    let written = lines.try_for_each(|line| writeln!(out, "{}", Printable::whole(line)));
    unless_closed(written.and_then(|()| out.flush()))
}

/// Prints what `write` writes to a stream of the given width. It must write through
/// [`layout`](super::layout) or [`markup`](super::markup), which clean the text, or what eventc ships.
pub(super) fn pages(
    settings: Settings,
    write: impl FnOnce(&mut dyn Write, usize) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(output(settings));
    unless_closed(write(&mut out, output_width()).and_then(|()| out.flush()))
}

/// Width of standard output in cells.
pub(super) fn output_width() -> usize {
    width(terminal_size_of(io::stdout()))
}

/// Width of a stream: that of its terminal, or `COLUMNS`. Otherwise it is unlimited, so that a search in
/// a pipe misses nothing.
fn width(terminal: Option<(Width, Height)>) -> usize {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0);
    terminal.map(|(Width(width), _)| width.into()).or_else(columns).unwrap_or(usize::MAX)
}

/// Prints the findings in some files to standard output, and the summary to standard error. Returns
/// whether anyone still reads both.
pub(super) fn findings(
    verdict: &Verdict,
    files: Vec<FileId>,
    world: &dyn World,
    format: &Format,
    settings: Settings,
) -> Result<bool, Failure> {
    let rules = rule_pages(&verdict.rules);
    let datasets = &verdict.datasets;
    let scope = Scope {
        datasets: datasets.len(),
        files,
        events: datasets.iter().map(|dataset| dataset.events).sum(),
        drafts: datasets.iter().map(|dataset| dataset.drafts).sum(),
        claims: datasets.iter().map(|dataset| dataset.claims).sum(),
        rules: &rules,
        changes: verdict.changes,
        address: release::is_public().then_some(release::ADDRESS),
    };
    let report = Report::new(&verdict.findings, scope);
    let read = |file| schema::text_of(world, verdict.files.path(file));
    let mut texts = Texts::new(&verdict.files, read).in_folder(project::folder_in_repository());
    let mut out = io::BufWriter::new(output(settings));
    // The stream strips colours where they are not wanted.
    let terminal = Terminal { coloured: true, width: output_width() };
    let written = format.write(&mut out, terminal, &report, &mut texts);
    let written = written.and_then(|()| out.flush());
    drop(out);
    let told = tell(&report.summary_line(), settings);
    let is_read = written.is_ok() && told.is_ok();
    unless_closed(written)?;
    unless_closed(told)?;
    if format.name == Format::GITHUB.name {
        step_summary(&report, &mut texts)?;
    }
    Ok(is_read)
}

fn rule_pages(rules: &[&'static Rule]) -> Vec<RulePage> {
    let page = |rule: &&'static Rule| RulePage {
        name: rule.name,
        level: rule.level,
        summary: rule.summary(),
        page: rule.page,
    };
    rules.iter().map(page).collect()
}

/// Appends the findings to the summary of a GitHub workflow, if one runs.
fn step_summary(report: &Report<'_>, texts: &mut Texts<'_>) -> Result<(), Failure> {
    /// GitHub drops the summary of a step that is longer than 1 MiB.
    const ROOM: u64 = (1 << 20) - 1024;
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let page = |length| {
        let room = usize::try_from(ROOM.saturating_sub(length)).unwrap_or(0);
        markdown_page(report, texts, room)
    };
    source::append(Path::new(&path), page).map_err(|error| {
        Failure(format!("cannot write the step summary `{}`: {error}", path.display()))
    })
}

/// Prints what is wrong with a command line, or the help or version that it asks for. Returns the
/// exit status. A message quotes arguments, so it is made anew from cleaned ones.
pub(super) fn usage<A>(
    error: &clap::Error,
    arguments: &[OsString],
    parse: impl Fn(Vec<OsString>) -> Result<A, clap::Error>,
) -> i32 {
    let cleaned = arguments.iter().map(|argument| Printable::new(&argument.to_string_lossy()));
    let mut errors = AutoStream::auto(io::stderr().lock());
    let printed = match parse(cleaned.map(|argument| argument.to_string().into()).collect()) {
        _ if !error.use_stderr() => error.print(),
        Err(error) => message(&mut errors, &error.render().ansi().to_string()),
        Ok(_) => message(&mut errors, "error: the arguments contain unsafe characters"),
    };
    // If the terminal is gone, nobody is left to tell.
    let _ = printed;
    error.exit_code()
}

/// Prints a panic, which only a defect of eventc can cause.
pub(super) fn defect(panic: &PanicHookInfo<'_>, settings: Settings) {
    let what = panic.payload_as_str().unwrap_or("no reason was given");
    let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line()));
    let place = place.unwrap_or_default();
    failure(
        &Failure(format!("this is a defect of eventc, please report it: {what}{place}")),
        settings,
    );
}

fn output(settings: Settings) -> AutoStream<io::StdoutLock<'static>> {
    AutoStream::new(io::stdout().lock(), choice(settings.color))
}

fn errors(settings: Settings) -> AutoStream<io::StderrLock<'static>> {
    AutoStream::new(io::stderr().lock(), choice(settings.color))
}

fn unless_closed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

const fn choice(color: ColorChoice) -> anstream::ColorChoice {
    match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
}
