//! The table `blocks`: the blocks by which similar records of all shards are found.

use std::collections::BTreeSet;

use super::column::Table;
use super::columns::columns;
use crate::dataset::BoundEvent;
use crate::likeness::{Block, Blocks, When};

/// A block of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockRow<'p> {
    file: &'p str,
    line: u32,
    event_id: &'p str,
    block: String,
    is_member: bool,
    is_compared: bool,
}

/// The blocks of a record, whose file has a path.
pub fn block_rows<'p>(bound: BoundEvent<'p>, file: &'p str) -> Vec<BlockRow<'p>> {
    let summary = bound.filed.summary;
    let (line, event_id) = (summary.line, summary.id());
    let Blocks { of, looked_in } = Blocks::of(bound);
    let all: BTreeSet<_> = of.iter().chain(&looked_in).collect();
    let mut rows = Vec::new();
    for when in When::of(summary) {
        for block in &all {
            let is_among = |blocks: &[Block<'_>]| blocks.binary_search(block).is_ok();
            let (is_member, is_compared) = (is_among(&of), is_among(&looked_in));
            let block = format!("{when} {}", block.text(bound.binding.codebook));
            rows.push(BlockRow { file, line, event_id, block, is_member, is_compared });
        }
    }
    rows
}

/// The table `blocks`.
pub fn blocks<'p>() -> Table<'p, BlockRow<'p>> {
    let columns = columns! { |row: BlockRow<'p>|
        when true;
        /// File of the record.
        file: Text = row.file;
        /// Line of the record in `keys`.
        line: Int32 = row.line;
        /// What similar records have in common: a day, a kind of action, and a place, an area or a source.
        block: Text = &row.block;
        /// Id of the event.
        event_id: Text = row.event_id;
        /// Whether the record is in the block.
        is_member: Boolean = row.is_member;
        /// Whether the record is compared with those in the block that come before it.
        is_compared: Boolean = row.is_compared;
    };
    Table::new(
        "blocks",
        "A block by which a record is found that codes the same event as another.",
        &["file", "line", "block"],
        columns,
    )
}
