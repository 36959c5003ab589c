//! A count: a figure, or a range of figures.

use crate::form::{InvalidValue, Kind, Written, form, shape};
use crate::schema::Codebook;
use crate::source::{Span, Spanned};
use crate::syntax::{Content, Node};
use crate::value::{Range, RangeError, is_nines};

form! {
    /// A count in its long form.
    pub struct Figures: "count" in Codebook {
        /// The lowest figure.
        optional low: Written<i64> = i64,
        /// The best estimate.
        optional best: Written<i64> = i64,
        /// The highest figure.
        optional high: Written<i64> = i64,
    }
}

shape! {
    /// A count, in its short or its long form.
    pub(super) struct Count in Codebook => Range: Kind::Range, |node, reader| {
        let range = if matches!(node.content(), Content::Mapping(_)) {
            let Some(opened) = reader.open(node, Figures::FORM, &[]) else {
                return Written::Invalid;
            };
            let figures = Figures::of(&opened, reader);
            match figures.filter(|_| !opened.damaged()).and_then(Figures::range) {
                Some(range) => range,
                None => return Written::Invalid,
            }
        } else {
            if let Some(head) = head_of_block(node) {
                return match Range::parse(head.value) {
                    Ok(_) => reader.wrong_type(node, Kind::Range),
                    Err(error) => reader.invalid(head.span, InvalidValue::Range(error)),
                };
            }
            let Some(text) = reader.scalar(node, Kind::Range) else { return Written::Invalid };
            if is_nines(text) {
                let written = text.to_owned();
                let placeholder = InvalidValue::Placeholder { written, is_figure: true };
                return reader.invalid(node.span(), placeholder);
            }
            Range::parse(text)
        };
        match range {
            Ok(range) => Written::given(range, node.span()),
            Err(error) => {
                let invalid = InvalidValue::Range(error).unless_placeholder(node.source());
                reader.invalid(node.span(), invalid)
            }
        }
    };
}

/// The head of a text over several lines that has none: `>6` asks for lines indented by six.
fn head_of_block(node: Node<'_>) -> Option<Spanned<&str>> {
    let head = node.source().lines().next()?.trim_end();
    let is_empty = match node.content() {
        Content::Scalar(scalar) => scalar.text.trim().is_empty(),
        _ => false,
    };
    let start = node.span().start;
    let end = start + u32::try_from(head.len()).ok()?;
    (is_empty && !node.damaged() && head.starts_with('>'))
        .then(|| Spanned::new(head, Span::new(start, end)))
}

impl Figures {
    /// The range of the figures; `None` where one could not be read.
    fn range(self) -> Option<Result<Range, RangeError>> {
        let figures = [self.low, self.best, self.high];
        if figures.iter().any(Written::is_invalid) {
            return None;
        }
        let [low, best, high] = figures.map(Written::into_value);
        Some(Range::new(low, best, high))
    }
}
