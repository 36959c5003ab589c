//! A count: a figure, or a range of figures.

use crate::form::{InvalidValue, Kind, Written, form, shape};
use crate::schema::Codebook;
use crate::syntax::Content;
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
