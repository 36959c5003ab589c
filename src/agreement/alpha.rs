//! Krippendorff's alpha.
//!
//! The formulas are those of Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011):
//! alpha = 1 - observed / expected disagreement, over the units with at least two values. Each takes time
//! as for sorting the values: the squared differences of all pairs of some numbers sum up to twice their
//! count times the squared differences from their mean.

use super::variable::Measurement;

/// Why an agreement or an alpha is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotComputable {
    /// No event has the values of two coders.
    NoUnits,
    /// Only one event has them: whether chance gives as much cannot be told.
    OneUnit,
    /// Every value is the same, so that chance explains any agreement.
    NoVariation,
}

impl NotComputable {
    /// The reason in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoUnits => "no event has the values of two coders",
            Self::OneUnit => "one event",
            Self::NoVariation => "every value is the same",
        }
    }
}

/// The alpha of some units, each the values that coders gave it. Nominal values are equal or not;
/// ordinal ones are places on a scale.
///
/// # Errors
/// When there is nothing to compute it from.
pub(super) fn alpha(measurement: Measurement, units: &[Vec<f64>]) -> Result<f64, NotComputable> {
    let mut values: Vec<f64> = paired(units).flatten().copied().collect();
    values.sort_by(f64::total_cmp);
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return Err(NotComputable::NoUnits);
    };
    if paired(units).nth(1).is_none() {
        return Err(NotComputable::OneUnit);
    }
    if first == last {
        return Err(NotComputable::NoVariation);
    }
    // The largest is 1, so that no square is beyond what a number can hold.
    let largest = first.abs().max(last.abs());
    let place = |value: f64| match measurement {
        Measurement::Nominal => value,
        // The number of values below, and half of those that are equal.
        Measurement::Ordinal => {
            let below = values.partition_point(|other| *other < value);
            let up_to = values.partition_point(|other| *other <= value);
            (below + up_to) as f64 / 2.0
        }
        Measurement::Interval => value / largest,
    };
    let units: Vec<Vec<f64>> =
        paired(units).map(|unit| unit.iter().map(|value| place(*value)).collect()).collect();
    let all: Vec<f64> = units.iter().flatten().copied().collect();
    let expected = disagreement(measurement, &all) / (all.len() - 1) as f64;
    let observed = observed(measurement, &units);
    if expected > 0.0 { Ok(1.0 - observed / expected) } else { Err(NotComputable::NoVariation) }
}

/// The share of equal pairs of values, those of a unit weighted by its number of values: for two coders
/// the share of units on which they agree.
///
/// # Errors
/// When no unit has two values.
pub(super) fn equal_pairs(units: &[Vec<f64>]) -> Result<f64, NotComputable> {
    let units: Vec<Vec<f64>> = paired(units).cloned().collect();
    let values: usize = units.iter().map(Vec::len).sum();
    if values == 0 {
        return Err(NotComputable::NoUnits);
    }
    Ok(1.0 - observed(Measurement::Nominal, &units) / values as f64)
}

/// The units with at least two values.
fn paired(units: &[Vec<f64>]) -> impl Iterator<Item = &Vec<f64>> {
    units.iter().filter(|unit| unit.len() > 1)
}

fn observed(measurement: Measurement, units: &[Vec<f64>]) -> f64 {
    units.iter().map(|unit| disagreement(measurement, unit) / (unit.len() - 1) as f64).sum()
}

/// The squared differences of all ordered pairs of some values.
fn disagreement(measurement: Measurement, values: &[f64]) -> f64 {
    let count = values.len() as f64;
    if measurement == Measurement::Nominal {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let equal = sorted.chunk_by(|one, next| one == next).map(|run| (run.len() as f64).powi(2));
        return count * count - equal.sum::<f64>();
    }
    let mean = values.iter().sum::<f64>() / count;
    2.0 * count * values.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Measurement::{Interval, Nominal, Ordinal};

    /// Krippendorff's example of 2011: four observers, twelve units, `.` for a missing value.
    const OBSERVERS: [&str; 4] = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];

    fn published() -> Vec<Vec<f64>> {
        let value = |observer: &&str, unit: usize| observer[unit..=unit].parse().ok();
        let unit = |unit| OBSERVERS.iter().filter_map(|one| value(one, unit)).collect();
        (0..12).map(unit).collect()
    }

    fn alphas(units: &[Vec<f64>]) -> [Result<f64, NotComputable>; 3] {
        [Nominal, Ordinal, Interval].map(|measurement| alpha(measurement, units))
    }

    #[test]
    fn the_published_example() {
        let alphas = alphas(&published()).map(|alpha| format!("{:.3}", alpha.unwrap()));
        assert_eq!(alphas, ["0.743", "0.815", "0.849"]);
    }

    #[test]
    fn what_cannot_be_computed_is_no_number() {
        let none = [Err(NotComputable::NoUnits); 3];
        assert_eq!(alphas(&[]), none);
        assert_eq!(alphas(&[vec![1.0], vec![2.0], vec![]]), none);
        assert_eq!(alphas(&[vec![1.0, 2.0], vec![2.0]]), [Err(NotComputable::OneUnit); 3]);
        assert_eq!(
            alphas(&[vec![3.0, 3.0], vec![3.0, 3.0, 3.0], vec![4.0]]),
            [Err(NotComputable::NoVariation); 3]
        );
        assert_eq!(equal_pairs(&[vec![1.0]]), Err(NotComputable::NoUnits));
    }

    /// A perfect agreement is 1, and none at all is below what chance gives.
    #[test]
    fn the_ends_of_the_scale() {
        assert_eq!(alphas(&[vec![1.0, 1.0], vec![2.0, 2.0]]), [Ok(1.0); 3]);
        assert_eq!(alphas(&[vec![1.0, 2.0], vec![2.0, 1.0]]), [Ok(-0.5); 3]);
        assert_eq!(equal_pairs(&[vec![1.0, 2.0], vec![1.0, 1.0, 1.0, 1.0]]), Ok(1.0 - 2.0 / 6.0));
    }

    #[test]
    fn large_numbers_and_small_differences_hold() {
        let near =
            |scale: f64| vec![vec![scale, scale], vec![scale / 2.0, scale], vec![-scale, -scale]];
        let [nominal, ordinal, interval] = alphas(&near(1.0));
        for scale in [1e-300, 1e15, f64::MAX] {
            let scaled = alphas(&near(scale));
            assert_eq!((&scaled[0], &scaled[1]), (&nominal, &ordinal));
            assert!((scaled[2].unwrap() - interval.unwrap()).abs() < 1e-12, "{scale}");
        }
        let many: Vec<_> = (0..100_000).map(|day| vec![f64::from(day), f64::from(day)]).collect();
        assert_eq!(alphas(&many), [Ok(1.0); 3], "and so do many distinct values, in time");
    }
}
