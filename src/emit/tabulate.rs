//! Streams the rows of every table of a dataset into sinks.

use std::borrow::Borrow;
use std::sync::Arc;

use super::error::{BuildError, WriteError};
use super::shard_chunks;
use super::shards::{Shards, Wanted, of_coders, of_events};
use super::sink::NamedSink;
use super::writer::{Chunk, ChunkBuilder, Form, TableWriter, write_chunks, write_table};
use crate::agreement::Agreement;
use crate::dataset::{Binding, BoundEvent, CodersRecord, EventSummary, FiledEvent, Published};
use crate::evidence::weigh;
use crate::source::Files;
use crate::table::column::Table;
use crate::table::{
    EventRow, TableDescription, actors, agreement, claim_rows, claims, code_rows, codes,
    coding_rows, codings, disagreement_rows, disagreements, dyad_rows, dyads, entries, entry_rows,
    events, name_rows, names, participant_rows, participants, places, position_rows, positions,
    relation_rows, relations, sources,
};

/// Events in a chunk. Their tables are defined anew for each chunk, which so many make up for; and few enough to
/// hold two chunks for each core in memory.
const EVENTS: usize = 128;

/// Rows in a chunk of a table whose rows are all there.
const ROWS: usize = 4096;

/// Opens the sinks of a table.
pub(super) type Open<'o, 'w> =
    &'o mut dyn FnMut(&TableDescription) -> Result<Vec<NamedSink<'w>>, BuildError>;

/// The tables while they are written: their sinks, and the number of rows of each.
struct Tables<'o, 'w, 'p> {
    open: Open<'o, 'w>,
    dataset: &'p str,
    rows: Vec<(&'static str, u64)>,
}

/// Writes every row of every table to the sinks that `open` returns for the table. Returns the
/// number of rows of each table. What events say is taken from `shards`, if there are some.
///
/// # Errors
/// When a row cannot be written, or a shard not read.
pub(super) fn tabulate(
    published: &Published<'_>,
    files: &Files,
    shards: Option<&Shards>,
    open: Open<'_, '_>,
) -> Result<Vec<(&'static str, u64)>, BuildError> {
    let binding = published.binding();
    let Binding { codebook, dataset } = binding;
    let mut tables = Tables { open, dataset: &dataset.name, rows: Vec::new() };
    match shards {
        None => {
            tables.write_events(binding, files)?;
            tables.write_codings(binding, files)?;
        }
        Some(shards) => tables.take_events(binding, shards)?,
    }
    tables.write(relations(), &relation_rows(binding, &dataset.tabulated()))?;
    tables.write(actors(codebook), dataset.actors.entries())?;
    tables.write(places(codebook), dataset.places.entries())?;
    tables.write(sources(codebook), &dataset.tabulated_sources())?;
    tables.write(codes(codebook), &code_rows(codebook))?;
    if dataset.shard.is_some() {
        tables.write_compared(binding, files)?;
        tables.write(entries(), &entry_rows(&dataset.mentions.entries, files))?;
        tables.write(names(), &name_rows(&dataset.mentions.names, files))?;
    }
    published.lost_records().map_or(Ok(()), Err)?;
    Ok(tables.rows)
}

/// Writes how well coders agree to the sinks that `open` returns for a table. Returns the number of
/// rows of each table.
///
/// # Errors
/// When a row cannot be written.
pub(super) fn tabulate_agreement(
    compared: &Agreement<'_>,
    open: Open<'_, '_>,
) -> Result<Vec<(&'static str, u64)>, BuildError> {
    let Binding { codebook, dataset } = compared.binding;
    let mut tables = Tables { open, dataset: &dataset.name, rows: Vec::new() };
    tables.write(agreement(codebook), &compared.measured)?;
    tables.write(disagreements(codebook), &disagreement_rows(compared))?;
    Ok(tables.rows)
}

impl<'w, 'p> Tables<'_, 'w, 'p> {
    /// Writes the tables that have rows for events, each event weighed once for all of them.
    fn write_events(&mut self, binding: Binding<'p>, files: &Files) -> Result<(), BuildError> {
        let codebook = binding.codebook;
        let mut writers = [
            self.writer(events(codebook).describe())?,
            self.writer(participants(codebook).describe())?,
            self.writer(dyads(codebook).describe())?,
            self.writer(claims(codebook).describe())?,
            self.writer(positions(codebook).describe())?,
        ];
        let tabulated = binding.dataset.tabulated();
        let chunks: Vec<_> = tabulated.chunks(EVENTS).collect();
        write_chunks(&mut writers, &chunks, |forms, events| {
            chunks_of_events(binding, events, files, forms)
        })?;
        self.finish(writers)
    }

    /// Writes what single coders coded, each record weighed by its own claims.
    fn write_codings(&mut self, binding: Binding<'p>, files: &Files) -> Result<(), BuildError> {
        let Binding { codebook, dataset } = binding;
        let mut writers = [self.writer(codings(codebook).describe())?];
        let records = dataset.codings();
        let chunks: Vec<_> = records.chunks(EVENTS).collect();
        write_chunks(&mut writers, &chunks, |forms, records| {
            let read = records.iter().filter_map(|one| Some((one, dataset.record(one.event)?)));
            let read: Vec<_> = read.collect();
            let table = codings(codebook).of_dataset(&dataset.name);
            let mut chunk = ChunkBuilder::new(&table, &forms[0]);
            for (CodersRecord { coder, event: summary }, event) in &read {
                let filed = FiledEvent { summary, event };
                let evidence = Arc::new(weigh(BoundEvent { binding, filed }));
                chunk.extend(coding_rows(coder, &evidence, files))?;
            }
            Ok(vec![chunk.finish()?])
        })?;
        self.finish(writers)
    }

    /// Writes the tables by which the records of all shards are compared.
    fn write_compared(&mut self, binding: Binding<'p>, files: &Files) -> Result<(), BuildError> {
        let [keys, links, ids, blocks, traits] = shard_chunks::tables(binding);
        let mut writers = [
            self.writer(keys)?,
            self.writer(links)?,
            self.writer(ids)?,
            self.writer(blocks)?,
            self.writer(traits)?,
        ];
        let compared = shard_chunks::compared(binding);
        let chunks: Vec<_> = binding.dataset.events.chunks(EVENTS).collect();
        write_chunks(&mut writers, &chunks, |forms, events| {
            shard_chunks::chunks(binding, events, (files, &compared), forms)
        })?;
        self.finish(writers)
    }

    /// Writes the tables that have rows for records, from those of shards. Each has its rows in the chunks that it has
    /// when the records are weighed, so its files have the same bytes.
    fn take_events(&mut self, binding: Binding<'p>, shards: &Shards) -> Result<(), BuildError> {
        let Binding { codebook, dataset } = binding;
        let tabulated = of_events(dataset);
        self.take(events(codebook), shards, (&tabulated, true))?;
        self.take(participants(codebook), shards, (&tabulated, false))?;
        self.take(dyads(codebook), shards, (&tabulated, false))?;
        self.take(claims(codebook), shards, (&tabulated, false))?;
        self.take(positions(codebook), shards, (&tabulated, false))?;
        self.take(codings(codebook), shards, (&of_coders(dataset), true))
    }

    /// Writes the rows that shards have of some records, where told of each at least one.
    fn take<R>(
        &mut self,
        table: Table<'p, R>,
        shards: &Shards,
        (records, of_each): (&[Wanted<'_>], bool),
    ) -> Result<(), BuildError> {
        let mut writer = self.writer(table.describe())?;
        let mut rows = shards.table(table.name)?;
        rows.require(&table.describe())?;
        for records in records.chunks(EVENTS) {
            writer.write_chunk(&table, |chunk| {
                for wanted in records {
                    let taken = rows.take(wanted, |cells| chunk.push_cells(cells))?;
                    if taken == 0 && of_each {
                        return Err(rows.lacks(wanted));
                    }
                }
                Ok(())
            })?;
        }
        rows.finish()?;
        self.finish([writer])
    }

    /// Writes a table whose rows are all there.
    fn write<R: 'p>(
        &mut self,
        table: Table<'p, R>,
        rows: &[impl Borrow<R> + Sync],
    ) -> Result<(), BuildError> {
        let sinks = (self.open)(&table.describe())?;
        let table = table.of_dataset(self.dataset);
        self.rows.push(write_table(&table, sinks, rows, ROWS)?);
        Ok(())
    }

    fn writer(&mut self, description: TableDescription) -> Result<TableWriter<'w>, BuildError> {
        let sinks = (self.open)(&description)?;
        Ok(TableWriter::new(description, sinks))
    }

    fn finish<const N: usize>(&mut self, writers: [TableWriter<'w>; N]) -> Result<(), BuildError> {
        for writer in writers {
            self.rows.push(writer.finish()?);
        }
        Ok(())
    }
}

/// A chunk of each table that has rows for events, in the order of `forms`. Nothing of the events outlives it.
fn chunks_of_events(
    binding: Binding<'_>,
    summaries: &[&EventSummary],
    files: &Files,
    forms: &[Arc<Form>],
) -> Result<Vec<Chunk>, WriteError> {
    let Binding { codebook, dataset } = binding;
    let read = summaries.iter().filter_map(|summary| Some((*summary, dataset.record(summary)?)));
    let read: Vec<_> = read.collect();
    let name = &dataset.name;
    let (of_events, of_participants) =
        (events(codebook).of_dataset(name), participants(codebook).of_dataset(name));
    let (of_dyads, of_claims) =
        (dyads(codebook).of_dataset(name), claims(codebook).of_dataset(name));
    let of_positions = positions(codebook).of_dataset(name);
    let mut of_events = ChunkBuilder::new(&of_events, &forms[0]);
    let mut of_participants = ChunkBuilder::new(&of_participants, &forms[1]);
    let mut of_dyads = ChunkBuilder::new(&of_dyads, &forms[2]);
    let mut of_claims = ChunkBuilder::new(&of_claims, &forms[3]);
    let mut of_positions = ChunkBuilder::new(&of_positions, &forms[4]);
    for (summary, event) in &read {
        let filed = FiledEvent { summary, event };
        let evidence = Arc::new(weigh(BoundEvent { binding, filed }));
        let row = EventRow::new(&evidence, files);
        of_events.push(&row)?;
        of_participants.extend(participant_rows(&evidence))?;
        of_dyads.extend(dyad_rows(&evidence))?;
        of_claims.extend(claim_rows(&evidence, files))?;
        of_positions.extend(position_rows(&row))?;
    }
    Ok(vec![
        of_events.finish()?,
        of_participants.finish()?,
        of_dyads.finish()?,
        of_claims.finish()?,
        of_positions.finish()?,
    ])
}
