//! Streams the rows of every table of a dataset into sinks.

use std::borrow::Borrow;
use std::sync::Arc;

use rayon::prelude::*;

use super::error::BuildError;
use super::sink::NamedSink;
use super::writer::TableWriter;
use crate::agreement::Agreement;
use crate::dataset::{Binding, BoundEvent, Published};
use crate::evidence::weigh;
use crate::source::Files;
use crate::table::column::Table;
use crate::table::{
    EventRow, TableDescription, actors, agreement, claim_rows, claims, code_rows, codes,
    coding_rows, codings, disagreement_rows, disagreements, dyad_rows, dyads, events,
    participant_rows, participants, places, position_rows, positions, relation_rows, relations,
    sources,
};

/// Events weighed at a time: enough for all cores, few enough to hold in memory.
const CHUNK: usize = 4096;

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
/// number of rows of each table.
///
/// # Errors
/// When a row cannot be written.
pub(super) fn tabulate(
    published: &Published<'_>,
    files: &Files,
    open: Open<'_, '_>,
) -> Result<Vec<(&'static str, u64)>, BuildError> {
    let binding = published.binding();
    let Binding { codebook, dataset } = binding;
    let mut tables = Tables { open, dataset: &dataset.name, rows: Vec::new() };
    tables.write_events(binding, files)?;
    tables.write_codings(binding, files)?;
    tables.write(relations(), relation_rows(binding, &dataset.tabulated()))?;
    tables.write(actors(codebook), dataset.actors.entries())?;
    tables.write(places(codebook), dataset.places.entries())?;
    tables.write(sources(codebook), dataset.tabulated_sources())?;
    tables.write(codes(codebook), code_rows(codebook))?;
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
    tables.write(disagreements(codebook), disagreement_rows(compared))?;
    Ok(tables.rows)
}

impl<'w, 'p> Tables<'_, 'w, 'p> {
    /// Writes the tables that have rows for events, each event weighed once for all of them.
    fn write_events(&mut self, binding: Binding<'p>, files: &Files) -> Result<(), BuildError> {
        let codebook = binding.codebook;
        let mut of_events = self.writer(events(codebook))?;
        let mut of_participants = self.writer(participants(codebook))?;
        let mut of_dyads = self.writer(dyads(codebook))?;
        let mut of_claims = self.writer(claims(codebook))?;
        let mut of_positions = self.writer(positions(codebook))?;
        for chunk in binding.dataset.tabulated().chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .par_iter()
                .map(|filed| EventRow::new(&Arc::new(weigh(BoundEvent { binding, filed })), files))
                .collect();
            for row in rows {
                let evidence = &row.evidence;
                of_events.push(&row)?;
                of_participants.extend(participant_rows(evidence))?;
                of_dyads.extend(dyad_rows(evidence))?;
                of_claims.extend(claim_rows(evidence, files))?;
                of_positions.extend(position_rows(&row))?;
            }
        }
        self.rows.push(of_events.finish()?);
        self.rows.push(of_participants.finish()?);
        self.rows.push(of_dyads.finish()?);
        self.rows.push(of_claims.finish()?);
        self.rows.push(of_positions.finish()?);
        Ok(())
    }

    /// Writes what single coders coded, each record weighed by its own claims.
    fn write_codings(&mut self, binding: Binding<'p>, files: &Files) -> Result<(), BuildError> {
        let mut writer = self.writer(codings(binding.codebook))?;
        for chunk in binding.dataset.codings().chunks(CHUNK) {
            let weighed: Vec<_> = chunk
                .par_iter()
                .map(|one| Arc::new(weigh(BoundEvent { binding, filed: one.filed })))
                .collect();
            for (one, evidence) in chunk.iter().zip(weighed) {
                writer.extend(coding_rows(one.coder, &evidence, files))?;
            }
        }
        self.rows.push(writer.finish()?);
        Ok(())
    }

    fn write<R>(
        &mut self,
        table: Table<'p, R>,
        rows: impl IntoIterator<Item: Borrow<R>>,
    ) -> Result<(), BuildError> {
        let mut writer = self.writer(table)?;
        writer.extend(rows)?;
        self.rows.push(writer.finish()?);
        Ok(())
    }

    fn writer<R>(&mut self, table: Table<'p, R>) -> Result<TableWriter<'w, 'p, R>, BuildError> {
        let sinks = (self.open)(&table.describe())?;
        Ok(TableWriter::new(table.of_dataset(self.dataset), sinks))
    }
}
