//! Reads a document in spite of its syntax errors.
//!
//! No YAML parser resumes inside a document after an error, and a record is a document. So the
//! text around an error is blanked in a copy, spaces for bytes, and the copy is parsed again.
//! No offset moves, so every span is one of the file.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::{Span, Spanned};

use super::damage::{Loss, LossKind};
use super::defect::{Cause, Defects, Forbidden, Limit, SyntaxDefect};
use super::document::Document;
use super::error;
use super::failure::Failure;
use super::fault::{self, Extent, Fault};
use super::limits;
use super::line::{Line, span_at};
use super::read::{read, with_space};
use super::skip::{Skip, skip};

/// What reading one file has left and found so far.
#[derive(Debug)]
pub(super) struct Progress {
    /// Bytes that may still be parsed again.
    pub(super) budget: usize,
    pub(super) losses: Vec<Loss>,
    pub(super) defects: Defects,
}

/// Reads `text`, which stands at `span` of `file`: skips and reads until nothing is wrong. It is as
/// long as what stands there and equal to it but for what was blanked or substituted.
pub(super) fn read_recovering<'t>(
    file: &'t str,
    text: &str,
    span: Span,
    progress: &mut Progress,
) -> Document<'t> {
    let mut recovery = Recovery {
        file,
        base: span.start,
        text: Cow::Borrowed(text),
        is_silent: progress.defects.is_full(),
        ..Recovery::default()
    };
    for pass in 0..=limits::RECOVERY_PASSES {
        let mut defects = Defects::default();
        let failure = match read(file, &recovery.text, span, &mut defects) {
            Ok(document) => {
                let defects = recovery.without_fallout(defects);
                progress.defects.extend(recovery.errors.into_iter().chain(defects));
                progress.losses.extend(recovery.losses);
                return document;
            }
            Err(failure) => failure,
        };
        let fault = fault::locate(&recovery.text, &failure);
        let is_last = pass == limits::RECOVERY_PASSES || progress.budget < text.len();
        let (limit, origin) = if fault.extent == Extent::Document {
            (Limit::Depth(limits::DEPTH), None)
        } else if is_last || !recovery.skip(&failure, &fault) {
            let limit = Limit::Recovery { skipped: pass };
            (limit, recovery.errors.first().map(|error| error.span))
        } else {
            progress.budget -= text.len();
            continue;
        };
        // Nothing else is worth telling then.
        let origin = origin.unwrap_or_else(|| span_at(span.start, fault.origin));
        progress.defects.add(SyntaxDefect::Limit(limit), origin);
        break;
    }
    Document::unread(file, span)
}

#[derive(Default)]
struct Recovery<'t> {
    file: &'t str,
    /// Offset of `text` in the file.
    base: u32,
    text: Cow<'t, str>,
    /// Whether so much was reported before that nothing more will be kept.
    is_silent: bool,
    errors: Vec<Spanned<SyntaxDefect>>,
    /// In the file.
    losses: Vec<Loss>,
    /// The stretches of `text` in whose lines something was changed. What is wrong there is
    /// known, and is not reported again.
    changed: Vec<Range<usize>>,
    /// Starts of the lines that ended an open bracket or quote. What is wrong there is likely
    /// the rest of it.
    ends: Vec<usize>,
}

impl Recovery<'_> {
    /// Changes the text where the error began; says whether there was something to change.
    fn skip(&mut self, failure: &Failure, fault: &Fault) -> bool {
        let line = Line::at(&self.text, fault.origin.start);
        let (start, next) = (line.start, line.next);
        let holds = |changed: &&Range<usize>| changed.start <= start && start <= changed.end;
        let attempts = self.changed.iter().filter(holds).count();
        if attempts == 0 && !self.ends.contains(&start) && !self.follows_from_loss(fault) {
            self.report(failure, fault);
        }
        if matches!(fault.extent, Extent::Brackets | Extent::Quote) {
            let noticed = failure.diagnostic.primary.span.start;
            self.ends.push(Line::at(&self.text, noticed).start);
        }
        let skip = skip(&self.text, failure, fault, attempts);
        self.changed.push(start..start.max(skip.blank.end));
        self.apply(skip) || self.blank_line(next) || self.blank_line(start)
    }

    /// Whether a line is at a wrong indentation only because a line above it was lost, to whose
    /// block it belonged.
    fn follows_from_loss(&self, fault: &Fault) -> bool {
        if fault.cause != Cause::Indentation || self.losses.is_empty() {
            return false;
        }
        let line = Line::at(&self.text, fault.origin.start);
        let base = self.base as usize;
        let original = &self.file[base..base + self.text.len()];
        let block = Line::before(original, line.start)
            .take_while(|above| above.is_silent() || above.indent() >= line.indent())
            .last()
            .map_or(line.start, |above| above.start);
        let above = Line::before(original, block).next().map_or(block, |above| above.start);
        let is_lost = |loss: &Loss| {
            let start = loss.range.start - base;
            let lost = Line::at(original, start);
            let whole = matches!(loss.kind, LossKind::Lines { .. } | LossKind::Value)
                && start <= lost.content().start;
            whole && (above..line.start).contains(&lost.start)
        };
        self.losses.iter().any(is_lost)
    }

    /// Leaves out keys that stand twice only because the line between them was lost that
    /// separated two mappings.
    fn without_fallout(&self, defects: Defects) -> Vec<Spanned<SyntaxDefect>> {
        let mut defects = defects.into_sorted();
        defects.retain(|defect| {
            let SyntaxDefect::DuplicateKey { first, .. } = &defect.value else {
                return true;
            };
            let between = first.end as usize..defect.span.start as usize;
            !self.losses.iter().any(|loss| {
                matches!(loss.kind, LossKind::Lines { .. }) && between.contains(&loss.range.start)
            })
        });
        defects
    }

    fn report(&mut self, failure: &Failure, fault: &Fault) {
        let span = span_at(self.base, fault.origin.clone());
        let defect = if self.is_silent {
            SyntaxDefect::Yaml(Box::default())
        } else if fault.extent == Extent::Tag {
            let text = self.text[fault.origin.clone()].to_owned();
            let removal = with_space(self.file, span);
            SyntaxDefect::Forbidden(Forbidden::Tag { text, removal })
        } else {
            let place = (self.file, self.base);
            SyntaxDefect::Yaml(Box::new(error::facts(fault, failure, &self.text, place)))
        };
        self.errors.push(Spanned::new(defect, span));
    }

    /// Blanks the first line that says something at or after the line at `offset`.
    fn blank_line(&mut self, offset: usize) -> bool {
        let Some(line) = Line::from(&self.text, offset).find(|line| !line.is_silent()) else {
            return false;
        };
        let range = line.content();
        self.changed.push(line.start..range.end);
        self.apply(Skip::blank(range, LossKind::Lines { column: None }))
    }

    fn apply(&mut self, skip: Skip) -> bool {
        let mut bytes = self.text.as_bytes().to_vec();
        blank(&mut bytes, skip.blank);
        for (at, byte) in skip.write {
            bytes[at] = byte;
        }
        let is_changed = bytes != self.text.as_bytes();
        self.text = String::from_utf8(bytes).expect("whole characters are overwritten").into();
        let base = self.base as usize;
        self.losses.extend(skip.loss.into_iter().map(|loss| {
            let range = base + loss.range.start..base + loss.range.end;
            Loss { range, ..loss }
        }));
        is_changed
    }
}

/// Overwrites whole characters with spaces, and leaves line breaks standing.
pub(super) fn blank(bytes: &mut [u8], range: Range<usize>) {
    for byte in &mut bytes[range] {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}
