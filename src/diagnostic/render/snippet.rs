//! Marked lines of source files, drawn by `annotate-snippets`.
//!
//! That crate panics at spans outside the text or inside a character, prints escapes in labels and
//! paths, and reads all its input. So it gets only [`Printable`] text, the [`Excerpt`] lines around the
//! places, and places inside them.

use std::ops::Range;

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level as Severity, Origin, Renderer, Snippet,
};
use anstream::adapter::strip_str;

use crate::diagnostic::{Diagnostic, Level, Printable, cells, wrapped};
use crate::source::{FileId, Location, Position, Span};

use super::excerpt::Excerpt;
use super::{Terminal, Text, Texts};

/// Most places of a finding that are shown; the rest are counted.
const PLACES: usize = 12;

/// Places of one file that are further apart than this many lines get separate pictures. Most records
/// are shorter, so all their places are in one picture.
const LINES_APART: u32 = 100;

/// Places that are further apart than this many columns get separate pictures, because one picture would
/// be wider than a screen.
const COLUMNS_APART: u32 = 100;

/// Most columns of a place that are underlined.
const UNDERLINE: u32 = 100;

/// Places to the right of this column are named instead of drawn, because the cost of drawing grows with
/// the column: a hundred places in one line of a million characters took ten seconds. No person writes
/// such a line.
const COLUMNS: u32 = 10_000;

/// The part of a line for the drawing, in characters: all places and the text around them on a screen.
const LINE: usize = COLUMNS as usize + 3 * UNDERLINE as usize;

/// Narrowest lines into which a label is broken; if there is less room for it, it becomes a note.
const NARROWEST: usize = 20;

/// A drawing of the places of a finding.
#[derive(Debug)]
pub(super) struct Drawing {
    /// The lines, each with its line break.
    pub(super) lines: String,
    /// Digits of the column for line numbers.
    pub(super) digits: usize,
}

/// Where labels stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labels {
    /// On one line, beside what is underlined where possible.
    OnOneLine,
    /// In as many lines as they need, below what is underlined.
    Broken,
    /// Below the picture, with their places.
    AsNotes,
}

/// A place to underline, inside its text.
#[derive(Debug)]
struct Mark {
    primary: bool,
    start: Position,
    end: Position,
    label: Option<Printable>,
}

/// Marks that are drawn in one picture.
#[derive(Debug)]
struct Window {
    file: FileId,
    marks: Vec<Mark>,
}

/// Draws the places of a finding, its main place first. The column for line numbers has at least some
/// digits.
pub(super) fn draw(
    diagnostic: &Diagnostic,
    texts: &mut Texts<'_>,
    terminal: Terminal,
    digits: usize,
) -> Drawing {
    let mut windows: Vec<Window> = Vec::new();
    let mut notes = Vec::new();
    let is_drawn = place(&mut windows, texts, diagnostic.location, true, diagnostic.label.as_ref());
    if !is_drawn {
        notes.extend(diagnostic.label.iter().map(Printable::to_string));
    }
    for label in diagnostic.labels.iter().take(PLACES) {
        if !place(&mut windows, texts, label.location, false, Some(&label.message)) {
            notes.push(format!("{}: {}", named(texts, label.location), label.message));
        }
    }
    match diagnostic.labels.len().saturating_sub(PLACES) {
        0 => {}
        1 => notes.push("and 1 more place".to_owned()),
        more => notes.push(format!("and {more} more places")),
    }
    let drawn = windows.iter().map(|window| window.lines().1.to_string().len()).max().unwrap_or(0);
    let digits = digits.max(drawn);
    let indent = digits - drawn;
    let origin = (!is_drawn).then(|| named(texts, diagnostic.location));
    let width = terminal.width.saturating_sub(indent);
    let picture = Picture { level: diagnostic.level, origin, windows, notes, drawn, width };
    let lines = picture.draw(texts, terminal.coloured);
    let lines = lines.lines().map(|line| format!("{:indent$}{line}\n", "")).collect();
    Drawing { lines, digits }
}

/// What is drawn of a finding.
struct Picture {
    level: Level,
    /// The main place, if it cannot be drawn.
    origin: Option<String>,
    windows: Vec<Window>,
    notes: Vec<String>,
    /// Digits of the highest line number, or 0 if no line is drawn.
    drawn: usize,
    width: usize,
}

impl Picture {
    /// Draws it, with the labels in the first way in which they fit.
    fn draw(&self, texts: &mut Texts<'_>, coloured: bool) -> String {
        let mut lines = String::new();
        for labels in [Labels::OnOneLine, Labels::Broken, Labels::AsNotes] {
            lines = self.render(texts, coloured, labels);
            if self.labels_fit(&lines) {
                break;
            }
        }
        lines
    }

    /// Whether the lines of labels fit. Where a label is drawn depends on the others, so only the drawing
    /// tells.
    fn labels_fit(&self, lines: &str) -> bool {
        self.width == usize::MAX
            || lines.lines().map(|line| strip_str(line).to_string()).all(|line| {
                let is_label =
                    line.trim_start().starts_with('|') && line.contains(char::is_alphanumeric);
                !is_label || cells(&line) <= self.width
            })
    }

    fn render(&self, texts: &mut Texts<'_>, coloured: bool, labels: Labels) -> String {
        let severity = match self.level {
            Level::Error => Severity::ERROR,
            Level::Warning => Severity::WARNING,
            Level::Info => Severity::INFO,
        };
        let renderer = match coloured {
            false => Renderer::plain(),
            true => Renderer::styled(),
        };
        let renderer = renderer.term_width(self.width.min(DEFAULT_TERM_WIDTH));
        let mut elements: Vec<Element<'_>> =
            self.origin.iter().map(|origin| Origin::path(origin).into()).collect();
        let room = self.width.saturating_sub(self.drawn + "  | ".len());
        let drawn = self.windows.iter().filter_map(|window| window.element(texts, labels, room));
        elements.extend(drawn);
        let mut notes = Vec::new();
        if labels == Labels::AsNotes {
            notes.extend(self.windows.iter().flat_map(|window| window.notes(texts)));
        }
        notes.extend(self.notes.iter().cloned());
        let room = self.width.saturating_sub(self.drawn + " = note: ".len());
        let notes = notes.iter().map(|note| wrapped("", 0, note, room).join("\n"));
        elements.extend(notes.map(|note| Severity::NOTE.message(note).into()));
        renderer.render(&[Group::with_level(severity).elements(elements)])
    }
}

/// A place as text: `path:line:column`, or the path if the file has no text.
fn named(texts: &mut Texts<'_>, location: Location) -> String {
    let path = texts.shown_path(location.file);
    match texts.positions(location) {
        Some((start, _)) => format!("{path}:{}:{}", start.line, start.column),
        None => path.to_string(),
    }
}

/// Adds a place to a window that has room for it, or to a new one. Returns `false` if it cannot be
/// drawn.
fn place(
    windows: &mut Vec<Window>,
    texts: &mut Texts<'_>,
    location: Location,
    primary: bool,
    label: Option<&Printable>,
) -> bool {
    let Some(text) = texts.text(location.file) else {
        return false;
    };
    let (start, end) = extent(&text, location, primary);
    if start.column > COLUMNS {
        return false;
    }
    let mark = Mark { primary, start, end, label: label.cloned() };
    match windows.iter_mut().find(|window| window.takes(location.file, &mark)) {
        Some(window) => window.marks.push(mark),
        None => windows.push(Window { file: location.file, marks: vec![mark] }),
    }
    true
}

/// The part of a place that is underlined: without line breaks, not too long, and several lines only for
/// the main place of the finding.
fn extent(text: &Text, location: Location, primary: bool) -> (Position, Position) {
    let span = text.clamp(location.span);
    let (start, _) = text.positions(span);
    let breaks = text.slice(span).bytes().rev().take_while(|byte| b"\r\n".contains(byte));
    let (_, end) =
        text.positions(Span { end: span.end - u32::try_from(breaks.count()).unwrap_or(0), ..span });
    let line_end = |line| columns(text.line(line)) + 1;
    let start = Position { column: start.column.min(line_end(start.line)), ..start };
    let end = Position { column: end.column.min(line_end(end.line)), ..end };
    let is_near = end.line.saturating_sub(start.line) <= LINES_APART
        && start.column.max(end.column) <= UNDERLINE;
    if end.line > start.line && primary && is_near {
        return (start, end);
    }
    let last = if end.line > start.line { line_end(start.line) } else { end.column };
    let last = last.clamp(start.column, start.column.saturating_add(UNDERLINE));
    (start, Position { column: last, ..start })
}

fn columns(line: &str) -> u32 {
    u32::try_from(line.chars().count()).unwrap_or(u32::MAX - 1)
}

impl Window {
    /// The first and last line of the picture.
    fn lines(&self) -> (u32, u32) {
        let first = self.marks.iter().map(|mark| mark.start.line).min();
        let last = self.marks.iter().map(|mark| mark.end.line).max();
        (first.unwrap_or(1), last.unwrap_or(1))
    }

    /// The labels as notes: that of the main place as it is, the others with their places.
    fn notes(&self, texts: &Texts<'_>) -> Vec<String> {
        let path = texts.shown_path(self.file);
        let note = |mark: &Mark| {
            let Position { line, column } = mark.start;
            let label = mark.label.as_ref()?;
            Some(match mark.primary {
                true => label.to_string(),
                false => format!("{path}:{line}:{column}: {label}"),
            })
        };
        self.marks.iter().filter_map(note).collect()
    }

    fn takes(&self, file: FileId, mark: &Mark) -> bool {
        let (first, last) = self.lines();
        let is_near =
            |other: &Mark| other.start.column.abs_diff(mark.start.column) <= COLUMNS_APART;
        self.file == file
            && mark.start.line.saturating_add(LINES_APART) >= last
            && mark.end.line <= first.saturating_add(LINES_APART)
            && self.marks.iter().all(is_near)
    }

    fn element<'a>(
        &self,
        texts: &mut Texts<'_>,
        labels: Labels,
        room: usize,
    ) -> Option<Element<'a>> {
        let text = texts.text(self.file)?;
        let (first, last) = self.lines();
        let mut source = String::new();
        let mut starts = Vec::new();
        for line in first..=last {
            starts.push(source.len());
            source.push_str(Excerpt::start(text.line(line), LINE).as_str());
            source.push('\n');
        }
        source.pop();
        let last_start = starts.last().copied().unwrap_or(0);
        // The crate does not see a last line that is empty.
        if source.len() == last_start {
            source.push(' ');
        }
        let offset = |at: Position| {
            let start = starts.get((at.line - first) as usize).copied().unwrap_or(last_start);
            let column = at.column.saturating_sub(1) as usize;
            let within = source[start..].char_indices().nth(column);
            within.map_or(source.len(), |(within, _)| start + within)
        };
        let annotations: Vec<_> = self
            .marks
            .iter()
            .flat_map(|mark| {
                let span = offset(mark.start)..offset(mark.end).max(offset(mark.start));
                let line =
                    starts.get((mark.start.line - first) as usize).copied().unwrap_or(last_start);
                let (before, within) = (&source[line..span.start], &source[span.clone()]);
                let lines = mark.label_lines(labels, room, cells(before), cells(within));
                mark.annotations(&span, lines)
            })
            .collect();
        // The crate takes the gutter's width from the end of the last annotation, and is one line
        // short when that is a line's start.
        let visible = AnnotationKind::Visible.span(last_start..source.len());
        let snippet = Snippet::source(source).line_start(first as usize);
        let path = texts.shown_path(self.file).to_string();
        Some(snippet.path(path).annotations(annotations).annotation(visible).into())
    }
}

impl Mark {
    /// The lines of the label, below or beside what is underlined: so many cells before it, and so many
    /// within.
    fn label_lines(&self, how: Labels, room: usize, before: usize, within: usize) -> Vec<String> {
        let Some(label) = self.label.as_ref().filter(|_| how != Labels::AsNotes) else {
            return Vec::new();
        };
        let length = cells(label.as_str());
        let fits = before.saturating_add(within + 1 + length) <= room;
        let width = match how {
            Labels::Broken if !fits => {
                // Several lines, because the crate puts a single one beside.
                room.saturating_sub(before).max(NARROWEST).min(length * 2 / 3)
            }
            _ => usize::MAX,
        };
        wrapped("", 0, label.as_str(), width)
    }

    /// The annotations for a place, one for each line of its label.
    fn annotations<'a>(&self, span: &Range<usize>, label: Vec<String>) -> Vec<Annotation<'a>> {
        let kind = if self.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        match label.is_empty() {
            true => vec![kind.span(span.clone())],
            false => label.into_iter().map(|line| kind.span(span.clone()).label(line)).collect(),
        }
    }
}
