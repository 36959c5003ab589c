//! A code list: the codes that a value may have, and what each means.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;

use super::code::{Code, CodeEntry, ColumnValue, ListColumn, ListColumnType};
use super::names::Names;
use crate::source::{FileId, Location, Span, Spanned};

/// A code list.
#[derive(Debug)]
pub struct CodeList {
    /// Its name, which is also its file's.
    pub name: String,
    /// The version of the scheme, as its publisher writes it.
    pub version: String,
    /// Where the codes come from.
    pub origin: String,
    /// The name of the list that it extends.
    pub extends: Option<String>,
    /// Whether the codes stand from strongest to weakest.
    pub ordered: bool,
    /// The list's own columns, those of the list it extends first.
    pub columns: Vec<Arc<ListColumn>>,
    /// The file it was read from.
    pub file: FileId,
    /// Where it begins in that file.
    start: Span,
    /// Whether text of the file was lost, so that a code that seems missing may exist after all.
    pub damaged: bool,
    /// Those of the list that it extends come first, and are shared with it.
    codes: Vec<Arc<CodeEntry>>,
    positions: Arc<Positions>,
    /// How many lists it extends, one through the other.
    levels: usize,
    /// What its codes are called, built when first needed.
    names: OnceLock<Names>,
}

/// Where the codes of a list stand; those that it takes over are shared.
#[derive(Clone, Debug, Default)]
struct Positions {
    own: HashMap<Box<str>, Code, RandomState>,
    base: Option<Arc<Self>>,
}

/// The column that holds the place of a code on an ordered scale.
pub(super) const RANK: &str = "rank";

/// A code together with its list.
#[derive(Clone, Copy, Debug)]
pub struct CodeRef<'l> {
    /// The list.
    pub list: &'l CodeList,
    /// The code.
    pub code: Code,
}

impl CodeList {
    /// A list without codes yet.
    pub fn new(name: impl Into<String>, file: FileId) -> Self {
        Self {
            name: name.into(),
            version: String::new(),
            origin: String::new(),
            extends: None,
            ordered: false,
            columns: Vec::new(),
            file,
            start: Span::at(0),
            damaged: false,
            codes: Vec::new(),
            positions: Arc::default(),
            levels: 0,
            names: OnceLock::new(),
        }
    }

    /// A list without codes yet that stands in another file: its name is that of what it codes.
    pub(super) fn inline(name: Spanned<&str>, file: FileId) -> Self {
        Self { start: name.span, ..Self::new(name.value, file) }
    }

    /// A list that takes over the columns and codes of another, and has no others yet.
    pub(super) fn extending(base: &Self, name: &str, file: FileId) -> Self {
        Self {
            ordered: base.ordered,
            columns: base.columns.clone(),
            damaged: base.damaged,
            codes: base.codes.clone(),
            positions: Arc::new(Positions {
                own: HashMap::default(),
                base: Some(Arc::clone(&base.positions)),
            }),
            levels: base.levels + 1,
            ..Self::new(name, file)
        }
    }

    /// How many lists it extends, one through the other.
    pub(super) fn levels(&self) -> usize {
        self.levels
    }

    /// Adds a code; returns where an equal one stands if there is one, and adds nothing then.
    pub(super) fn push(&mut self, entry: CodeEntry) -> Result<(), Location> {
        if let Some(first) = self.find(&entry.code) {
            return Err(self.entry(first).location);
        }
        let code = Code::at(self.codes.len());
        Arc::make_mut(&mut self.positions).own.insert(entry.code.clone(), code);
        self.codes.push(Arc::new(entry));
        Ok(())
    }

    pub(super) fn entry_mut(&mut self, code: Code) -> &mut CodeEntry {
        Arc::make_mut(&mut self.codes[code.0 as usize])
    }

    /// Gives each code a rank by its place in the list, unless the list has ranks of its own. A code
    /// that is not known has none.
    pub(super) fn rank_by_order(&mut self) {
        if self.columns.iter().any(|column| column.name == RANK) {
            return;
        }
        let location = self.location();
        self.columns.push(Arc::new(ListColumn {
            name: RANK.to_owned(),
            column_type: ListColumnType::Integer,
            list: false,
            doc: "Position on the scale, larger is stronger; missing where it has none.".to_owned(),
            location,
        }));
        let columns = self.columns.len();
        let mut rank = 0;
        for entry in self.codes.iter_mut().rev().map(Arc::make_mut) {
            entry.values.resize(columns, None);
            if !entry.unknown {
                rank += 1;
                entry.values[columns - 1] = Some(ColumnValue::Integer(rank));
            }
        }
    }

    /// Whether any code is a kind of another.
    pub fn has_parents(&self) -> bool {
        self.codes.iter().any(|entry| entry.parent.is_some())
    }

    /// Whether any code has a name beside itself.
    pub fn has_labels(&self) -> bool {
        self.codes.iter().any(|entry| entry.has_label())
    }

    /// The columns that the list itself declares, without those of the list it extends.
    pub fn own_columns(&self) -> impl Iterator<Item = &ListColumn> {
        let own = |column: &&Arc<ListColumn>| column.location.file == self.file;
        self.columns.iter().filter(own).map(|column| &**column)
    }

    /// Whether any code has a place on the scale.
    pub fn is_ranked(&self) -> bool {
        self.codes().any(|code| self.rank(code).is_some())
    }

    /// Whether a code was taken over from the list that this one extends.
    pub fn inherits(&self, code: Code) -> bool {
        self.entry(code).location.file != self.file
    }

    /// The code that is written so.
    pub fn find(&self, written: &str) -> Option<Code> {
        let mut positions = Some(&self.positions);
        std::iter::from_fn(|| {
            let here = positions.take()?;
            positions = here.base.as_ref();
            Some(here.own.get(written).copied())
        })
        .find_map(|found| found)
    }

    /// What is known of a code.
    pub fn entry(&self, code: Code) -> &CodeEntry {
        &self.codes[code.0 as usize]
    }

    /// The codes in the order of the list.
    pub fn codes(&self) -> impl Iterator<Item = Code> + '_ {
        (0..self.codes.len()).map(Code::at)
    }

    /// The entries in the order of the list.
    pub fn entries(&self) -> &[Arc<CodeEntry>] {
        &self.codes
    }

    /// The code itself and all that it is a kind of, from narrow to broad.
    pub fn ancestry(&self, code: Code) -> impl Iterator<Item = Code> + '_ {
        // A circle of parents is a defect of the list; here it must only end.
        std::iter::successors(Some(code), |code| self.entry(*code).parent).take(self.codes.len())
    }

    /// How many codes each code is a kind of, in the order of the list.
    pub(super) fn depths(&self) -> Vec<usize> {
        let mut depths: Vec<Option<usize>> = vec![None; self.codes.len()];
        for code in self.codes() {
            let known = |code: &Code| depths[code.0 as usize].is_none();
            let mut chain: Vec<Code> = self.ancestry(code).take_while(known).collect();
            let above = chain.last().and_then(|last| self.entry(*last).parent);
            let mut depth = above.map_or(0, |above| depths[above.0 as usize].unwrap_or(0) + 1);
            while let Some(code) = chain.pop() {
                depths[code.0 as usize] = Some(depth);
                depth += 1;
            }
        }
        depths.into_iter().map(Option::unwrap_or_default).collect()
    }

    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.codes))
    }

    /// Whether more misspelled codes were looked up in it than the limit allows.
    pub fn is_searched_out(&self) -> bool {
        self.names.get().is_some_and(Names::is_spent)
    }

    /// The broadest code that this one is a kind of; itself if it has no parent.
    pub fn root(&self, code: Code) -> Code {
        self.ancestry(code).last().unwrap_or(code)
    }

    /// The code to use in place of a retired one: the last of its successors, which is not retired
    /// itself. `None` for a code that is in use.
    pub fn successor(&self, code: Code) -> Option<Code> {
        let next = |code: &Code| self.find(self.entry(*code).replaced_by.as_deref()?);
        // A circle of successors is a defect of the list; here it must only end.
        std::iter::successors(next(&code), next).take(self.codes.len()).last()
    }

    /// The code to use: the successor of a retired one, any other itself.
    pub fn in_use(&self, code: Code) -> Code {
        self.successor(code).unwrap_or(code)
    }

    /// A code's value in one of the list's own columns; its parent's does not count.
    pub fn value(&self, code: Code, column: &str) -> Option<&ColumnValue> {
        let position = self.columns.iter().position(|known| known.name == column)?;
        self.entry(code).values.get(position)?.as_ref()
    }

    /// A code's place on an ordered scale, larger is stronger; `None` where it has none.
    pub fn rank(&self, code: Code) -> Option<i64> {
        match self.value(code, RANK)? {
            ColumnValue::Integer(rank) => Some(*rank),
            _ => None,
        }
    }

    /// The codes of an ordered list from the weakest; those without a place on the scale come before
    /// it. Empty for another list.
    pub fn scale(&self) -> Vec<&str> {
        let mut codes: Vec<Code> = self.codes().filter(|_| self.ordered).collect();
        codes.sort_by_key(|code| self.rank(*code));
        codes.into_iter().map(|code| &*self.entry(code).code).collect()
    }

    /// The list as messages name it: `plover 2.0`.
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.version).trim_end().to_owned()
    }

    /// Where the list starts, for a label.
    pub fn location(&self) -> Location {
        Location::new(self.file, self.start)
    }
}

impl<'l> CodeRef<'l> {
    /// What is known of the code.
    pub fn entry(self) -> &'l CodeEntry {
        self.list.entry(self.code)
    }
}
