//! Figures: whole or decimal numbers, compared exactly.

use std::cmp::Ordering;
use std::fmt;

use super::number::{NumberError, parse_decimal, parse_integer};

/// A whole or a decimal number. Whole ones are compared as such: beyond 2^53 a decimal number does not
/// tell each from the next.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    /// A whole number of 64 bits.
    Whole(i64),
    /// Any other number, finite.
    Decimal(f64),
}

impl Figure {
    /// Reads a number, as a whole one where it is one.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        parse_integer(text).map(Self::Whole).or_else(|_| Ok(Self::Decimal(parse_decimal(text)?.0)))
    }
}

impl From<i64> for Figure {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl PartialOrd for Figure {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (*self, *other) {
            (Self::Whole(one), Self::Whole(other)) => Some(one.cmp(&other)),
            (Self::Decimal(one), Self::Decimal(other)) => one.partial_cmp(&other),
            (Self::Whole(one), Self::Decimal(other)) => Some(compare(one, other)),
            (Self::Decimal(one), Self::Whole(other)) => Some(compare(other, one).reverse()),
        }
    }
}

impl PartialEq for Figure {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

/// 128 bits hold every whole number of 64 and the whole part of every decimal one near them.
fn compare(whole: i64, decimal: f64) -> Ordering {
    let below = decimal.floor();
    let order = i128::from(whole).cmp(&(below as i128));
    order.then(if decimal > below { Ordering::Less } else { Ordering::Equal })
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Decimal(number) => number.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_compared_exactly() {
        let ordered = [
            "-1e0",
            "-9223372036854775808",
            "-9007199254740993",
            "-9007199254740992",
            "-0.5",
            "0",
            "0.5",
            "1",
            "9007199254740992",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
        ];
        let figures: Vec<_> = ordered.iter().filter_map(|text| Figure::parse(text).ok()).collect();
        assert_eq!(figures.len(), ordered.len() - 1);
        assert!(figures.is_sorted_by(|one, next| one < next));
        assert_eq!(Figure::parse("5"), Figure::parse("5.0"));
        assert_eq!(Figure::Decimal(9_007_199_254_740_992.0), Figure::Whole(9_007_199_254_740_992));
    }
}
