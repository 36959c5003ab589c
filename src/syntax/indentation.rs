//! The column to which a badly indented line belongs, if the lines around it allow only one.

use super::line::Line;

/// Most lines to look at, above the line and in its run of lines indented with tabs. Few records are
/// longer.
const LINES: usize = 400;

/// The widths of a tab that are tried, in spaces.
const WIDTHS: [usize; 3] = [2, 4, 8];

/// The one column at which `line` fits the lines above it.
pub(super) fn column_of(text: &str, line: &Line<'_>) -> Option<usize> {
    if line.tab_in_indentation().is_some() {
        return of_tabs(text, line);
    }
    let written = line.indent();
    let open = Open::above(text, line)?;
    let item = line.is_item();
    if !item && line.after_key().is_none() {
        return None;
    }
    let columns = open.entries.iter().filter(|entry| entry.item == item).map(|entry| entry.column);
    let mut by_distance: Vec<_> =
        columns.map(|column| (column.abs_diff(written), column)).collect();
    by_distance.sort_unstable();
    match by_distance[..] {
        [(distance, column)] if distance <= 3 => Some(column),
        [(distance, column), (next, _), ..] if distance < next && distance <= 3 => Some(column),
        _ => None,
    }
}

/// The column of a line indented with tabs: it and the lines with tabs around it must fit what stands
/// above in the same way for every width of a tab.
fn of_tabs(text: &str, line: &Line<'_>) -> Option<usize> {
    let has_tab = |line: &Line<'_>| line.is_silent() || line.tab_in_indentation().is_some();
    let above = Line::before(text, line.start).take(LINES).take_while(has_tab);
    let first = above.filter(|line| !line.is_silent()).last().unwrap_or(*line);
    let run = Line::from(text, first.start).take(LINES).take_while(has_tab);
    let run: Vec<_> = run.filter(|line| !line.is_silent()).collect();
    let own = run.iter().position(|other| other.start == line.start)?;
    let behind = Line::from(text, run.last()?.next).find(|line| !line.is_silent());
    let open = Open::above(text, &first)?;
    let fits = WIDTHS.into_iter().filter_map(|width| {
        let mut open = open.clone();
        let mut places = Vec::new();
        for line in &run {
            let lead = &line.text[..line.content().start - line.start];
            let column = lead.chars().map(|blank| if blank == '\t' { width } else { 1 }).sum();
            places.push((open.place(column, line)?, column));
            open.add(column, line);
        }
        if let Some(behind) = behind {
            open.place(behind.indent(), &behind)?;
        }
        Some(places)
    });
    let fits: Vec<Vec<(Place, usize)>> = fits.collect();
    let first = fits.first()?;
    let places = |fit: &[(Place, usize)]| fit.iter().map(|(place, _)| *place).collect::<Vec<_>>();
    fits.iter().all(|fit| places(fit) == places(first)).then(|| first[own].1)
}

/// How a line belongs to those above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It starts the value of the line above.
    Below,
    /// It continues the collection with this index, counted from the outermost.
    Beside(usize),
}

/// The collections that are open above a line.
#[derive(Clone, Debug, Default)]
struct Open {
    entries: Vec<Entry>,
    /// The entry of the line above, if its value is still to come.
    waiting: Option<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    column: usize,
    item: bool,
}

impl Open {
    /// What is open above a line; `None` where that cannot be told.
    fn above(text: &str, line: &Line<'_>) -> Option<Self> {
        let mut least = usize::MAX;
        let mut lines = Vec::new();
        for above in Line::before(text, line.start).take(LINES).filter(|line| !line.is_silent()) {
            if above.tab_in_indentation().is_some() {
                return None;
            }
            let is_entry = above.is_item() || above.after_key().is_some();
            if is_entry && (above.indent() < least || above.is_item() && above.indent() == least) {
                least = above.indent();
                lines.push(above);
            }
            if least == 0 {
                break;
            }
        }
        (least == 0).then_some(())?;
        let mut open = Self::default();
        for line in lines.into_iter().rev() {
            open.add(line.indent(), &line);
        }
        Some(open)
    }

    fn place(&self, column: usize, line: &Line<'_>) -> Option<Place> {
        let item = line.is_item();
        if !item && line.after_key().is_none() {
            return None;
        }
        if let Some(waiting) = self.waiting
            && (column > waiting.column || item && !waiting.item && column == waiting.column)
        {
            return Some(Place::Below);
        }
        let same = |entry: &Entry| entry.column == column && entry.item == item;
        self.entries.iter().position(same).map(Place::Beside)
    }

    /// Adds a line that starts at `column`.
    fn add(&mut self, column: usize, line: &Line<'_>) {
        let item = line.is_item();
        self.entries
            .retain(|entry| entry.column < column || entry.column == column && item && !entry.item);
        self.entries.push(Entry { column, item });
        let content = line.content().start;
        let after = line.after_dashes();
        if item && line.after_key().is_some() {
            self.entries.push(Entry { column: column + after - content, item: false });
        }
        let value = line.value();
        let text = &line.text[value.start - line.start..value.end - line.start];
        let is_empty = text.is_empty() || text.starts_with('#');
        self.waiting = self.entries.last().copied().filter(|_| is_empty);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(text: &str, line: usize) -> Option<usize> {
        column_of(text, &Line::from(text, 0).nth(line)?)
    }

    #[test]
    fn tabs_stand_for_what_the_parent_needs() {
        let claims = "a: 1\nclaims:\n\ttv7:\n\t- {by: x}\n";
        assert_eq!((column(claims, 2), column(claims, 3)), (Some(2), Some(2)));
        let nested = "claims:\n\ttv7:\n\t\t- by: x\n\t\t  affirms: [event]\nb: 1\n";
        let found: Vec<_> = (1..4).map(|line| column(nested, line)).collect();
        assert_eq!(found, [Some(2), Some(4), Some(6)]);
        let one = "a:\n    b:\n        c: 1\n\t\td: 2\n";
        assert_eq!(column(one, 3), None, "under `a` or under `b`");
        assert_eq!(column("a:\n    b: 1\n\tc: 2\n", 2), Some(4));
    }

    #[test]
    fn a_line_goes_to_the_nearest_column_that_is_open() {
        assert_eq!(column("a:\n  b: 1\n c: 2\n", 2), None, "as near to one as to the other");
        assert_eq!(column("a:\n    b: 1\n   c: 2\n", 2), Some(4));
        assert_eq!(column("a:\n    - b: 1\n     c: 2\n", 2), Some(6));
        assert_eq!(column("a:\n    - b: 1\n   - c: 2\n", 2), Some(4));
        assert_eq!(column("a:\n    b: 1\n   and more\n", 2), None);
    }
}
