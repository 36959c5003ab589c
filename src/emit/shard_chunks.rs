//! The rows by which the records of all shards are compared.

use std::collections::HashSet;
use std::sync::Arc;

use super::error::WriteError;
use super::writer::{Chunk, ChunkBuilder, Form};
use crate::dataset::{Binding, BoundEvent, EventSummary, FiledEvent};
use crate::likeness::Traits;
use crate::source::{FileId, Files};
use crate::table;
use crate::table::{
    KeyRow, TableDescription, block_rows, blocks, id_rows, ids, keys, link_rows, links, trait_rows,
};

/// The tables that [`chunks`] fills.
pub(super) fn tables(binding: Binding<'_>) -> [TableDescription; 5] {
    let codebook = binding.codebook;
    [
        keys(codebook).describe(),
        links(codebook).describe(),
        ids(codebook).describe(),
        blocks().describe(),
        table::traits().describe(),
    ]
}

/// The records of a dataset that are compared with others, by file and offset.
pub(super) fn compared(binding: Binding<'_>) -> HashSet<(FileId, u32)> {
    let place = |(_, event): (_, &EventSummary)| (event.file, event.span.start);
    binding.dataset.compared().map(place).collect()
}

/// A chunk of each table, for some records of which those of `compared` are compared with others.
pub(super) fn chunks(
    binding: Binding<'_>,
    summaries: &[EventSummary],
    (files, compared): (&Files, &HashSet<(FileId, u32)>),
    forms: &[Arc<Form>],
) -> Result<Vec<Chunk>, WriteError> {
    let Binding { codebook, dataset } = binding;
    let read = summaries.iter().filter_map(|summary| Some((summary, dataset.outline(summary)?)));
    let read: Vec<_> = read.collect();
    let events = read.iter().map(|(summary, event)| FiledEvent { summary, event });
    let bound: Vec<_> = events.map(|filed| BoundEvent { binding, filed }).collect();
    let is_compared =
        |summary: &EventSummary| compared.contains(&(summary.file, summary.span.start));
    let traits_of = bound.iter().map(|it| is_compared(it.filed.summary).then(|| Traits::of(*it)));
    let compared: Vec<_> = traits_of.collect();
    let name = &dataset.name;
    let (of_keys, of_links) = (keys(codebook).of_dataset(name), links(codebook).of_dataset(name));
    let (of_ids, of_blocks) = (ids(codebook).of_dataset(name), blocks().of_dataset(name));
    let of_traits = table::traits().of_dataset(name);
    let mut of_keys = ChunkBuilder::new(&of_keys, &forms[0]);
    let mut of_links = ChunkBuilder::new(&of_links, &forms[1]);
    let mut of_ids = ChunkBuilder::new(&of_ids, &forms[2]);
    let mut of_blocks = ChunkBuilder::new(&of_blocks, &forms[3]);
    let mut of_traits = ChunkBuilder::new(&of_traits, &forms[4]);
    for (bound, traits) in bound.into_iter().zip(&compared) {
        let summary = bound.filed.summary;
        let (file, country) =
            (files.path(summary.file), binding.place_of(bound.filed.event).country);
        of_keys.push(&KeyRow { summary, file, country, traits: traits.as_ref() })?;
        of_links.extend(link_rows(summary, file))?;
        if let Some(traits) = traits {
            of_ids.extend(id_rows(summary, file))?;
            of_blocks.extend(block_rows(bound, file))?;
            of_traits.extend(trait_rows(summary.id(), traits, codebook))?;
        }
    }
    Ok(vec![
        of_keys.finish()?,
        of_links.finish()?,
        of_ids.finish()?,
        of_blocks.finish()?,
        of_traits.finish()?,
    ])
}
