//! The figures of a value, as columns.

use super::column::Column;
use super::columns::columns;
use crate::record::Value;

/// The columns of the lowest, best and highest figure of the value of a row.
pub(super) fn figure_columns<'p, R: 'p>(
    value: impl for<'r> Fn(&'r R) -> Option<&'r Value> + Copy + Send + Sync + 'p,
) -> Vec<Column<'p, R>> {
    columns! { |row: R|
        when true;
        /// Lowest figure of a count; the number itself for a number. A double: beyond 2^53, `value` has
        /// all digits.
        value_low: Number = figures(value(row))[0];
        /// Best estimate of a count; the number itself for a number. A double, as `value_low`.
        value_best: Number = figures(value(row))[1];
        /// Highest figure of a count; the number itself for a number. A double, as `value_low`.
        value_high: Number = figures(value(row))[2];
    }
}

/// The lowest, best and highest figure of a count; the number itself for a number.
fn figures(value: Option<&Value>) -> [Option<f64>; 3] {
    match value {
        Some(Value::Range(range)) => {
            [range.low(), range.best(), range.high()].map(|n| n.map(|n| n as f64))
        }
        Some(Value::Integer(number)) => [Some(*number as f64); 3],
        Some(Value::Number(number)) => [Some(*number); 3],
        _ => [None; 3],
    }
}
