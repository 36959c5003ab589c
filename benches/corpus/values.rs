//! Dates, times and counts, in every form that records take them in.

use chrono::{Datelike, Days, NaiveDate};

use super::random::Random;
use super::yaml::{Node, entry};

/// A date as exactly as it is known.
pub(super) fn date(day: NaiveDate, random: &mut Random) -> String {
    let later = day + Days::new(u64::from(1 + random.below(5)));
    let (year, month) = (day.year(), day.month());
    match random.below(60) {
        0 | 1 => format!("{day}?"),
        2 | 3 => format!("{day}~"),
        4 => format!("{day}%"),
        5 | 6 => format!("{day}/{later}"),
        7 | 8 => format!("[{day}..{later}]"),
        9 => format!("[{day},{later}]"),
        10 => format!("{year}-{month:02}"),
        11 => format!("{year}-{month:02}-XX"),
        12 => format!("{year}-{month:02}-~{:02}", day.day()),
        13 => format!("{day}/.."),
        14 => match random.below(8) {
            0 => format!("{year}"),
            // A winter is of two years.
            1 if matches!(month, 12 | 1 | 2) => format!("{year}-{month:02}"),
            1 => format!("{year}-{}", 20 + month / 3),
            2 => format!("{year}-XX-XX"),
            3 => format!("{}X", year / 10),
            4 => format!("[..{day}]"),
            5 => format!("{year}-{month:02}~/{later}"),
            6 => format!("../{day}"),
            _ => format!("?{day}"),
        },
        _ => day.to_string(),
    }
}

/// A local time of day.
pub(super) fn time(random: &mut Random) -> String {
    let (hour, minute) = (random.below(23), random.below(60));
    match random.below(6) {
        0 => format!("{hour:02}:{minute:02}~"),
        1 => format!("{hour:02}:{minute:02}?"),
        2 => format!("{hour:02}:{minute:02}/{:02}:00", hour + 1),
        3 => format!("{hour:02}:{minute:02}:30"),
        _ => format!("{hour:02}:{minute:02}"),
    }
}

/// A count of people about `best`, and no less exact than it is known.
pub(super) fn count(best: u32, random: &mut Random) -> Node {
    let more = best + 1 + random.below(20);
    match random.below(10) {
        0 => Node::Word(format!("{best}..")),
        1 | 2 => Node::Word(format!("{best}..{more}")),
        3 => Node::Word(format!("..{more}")),
        4 => {
            let figures = [("low", best), ("best", best), ("high", more)];
            Node::Map(figures.map(|(key, figure)| entry(key, Node::word(figure))).into())
        }
        _ => Node::word(best),
    }
}
