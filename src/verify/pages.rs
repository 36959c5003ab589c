//! The pages of a Parquet column, each decompressed to a bounded length.
//!
//! The reader of the format decompresses a page to whatever length its header says, so forty kilobytes
//! could become gigabytes in every column at once. Here it is given pages that it takes for
//! uncompressed, after they were decompressed within a limit.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parquet::basic::Compression;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::serialized_reader::SerializedPageReader;

use crate::source::OpenFile;

/// Bytes of all pages that are held at a time (256 MiB): a page and a dictionary for each column. A
/// build writes pages of about one.
const MAX_BYTES: u64 = 256 << 20;

/// Values of a column in one row group, items of lists counted: forty for each row of a full group. All
/// columns together have no more in the rows that are decoded at a time.
pub(super) const MAX_VALUES: u64 = 4_000_000;

/// Largest window that decompression looks back on, as a power of two (32 MiB).
const MAX_WINDOW: u32 = 25;

/// The bytes of the pages that the columns of a row group hold.
pub(super) type Held = Arc<AtomicU64>;

/// The pages of a column in one row group.
pub(super) struct BoundedPages {
    pages: SerializedPageReader<OpenFile>,
    is_compressed: bool,
    held: Held,
    /// The largest dictionary and the largest other page so far.
    largest: [u64; 2],
    values: u64,
}

impl BoundedPages {
    /// The pages of a column of `rows` rows.
    pub(super) fn new(
        file: &Arc<OpenFile>,
        column: &ColumnChunkMetaData,
        rows: usize,
        held: Held,
    ) -> Result<Self> {
        let is_compressed = match column.compression() {
            Compression::UNCOMPRESSED => false,
            Compression::ZSTD(_) => true,
            other => {
                return refuse(format!("it is compressed by {other}, which eventc never does"));
            }
        };
        let plain = column.clone().into_builder().set_compression(Compression::UNCOMPRESSED);
        let pages = SerializedPageReader::new(Arc::clone(file), &plain.build()?, rows, None)?;
        Ok(Self { pages, is_compressed, held, largest: [0; 2], values: 0 })
    }

    /// The bytes of a page, if they and what else is held are within the limit.
    fn decompressed(&mut self, page: &[u8], is_dictionary: bool) -> Result<Vec<u8>> {
        let largest = &mut self.largest[usize::from(is_dictionary)];
        let others = self.held.load(Ordering::Relaxed) - *largest;
        let limit = MAX_BYTES.saturating_sub(others);
        let mut bytes = Vec::new();
        if self.is_compressed && !page.is_empty() {
            let mut decoder = zstd::stream::read::Decoder::new(page)?;
            decoder.window_log_max(MAX_WINDOW)?;
            decoder.take(limit + 1).read_to_end(&mut bytes)?;
        } else {
            bytes.extend_from_slice(page);
        }
        if bytes.len() as u64 > limit {
            return refuse("its pages are larger than 256 MiB together".to_owned());
        }
        *largest = (*largest).max(bytes.len() as u64);
        self.held.store(others + *largest, Ordering::Relaxed);
        Ok(bytes)
    }
}

fn refuse<T>(why: String) -> Result<T> {
    Err(ParquetError::General(why))
}

impl Iterator for BoundedPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for BoundedPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let Some(mut page) = self.pages.get_next_page()? else { return Ok(None) };
        let is_dictionary = matches!(page, Page::DictionaryPage { .. });
        match &mut page {
            Page::DataPage { buf, num_values, .. } => {
                self.values += u64::from(*num_values);
                *buf = self.decompressed(buf, is_dictionary)?.into();
            }
            Page::DictionaryPage { buf, num_values, .. } => {
                let bytes = self.decompressed(buf, is_dictionary)?;
                // Each value takes at least a byte here, and may take forty where it is decoded.
                if u64::from(*num_values) > MAX_VALUES.min(bytes.len() as u64) {
                    return refuse("a dictionary has more values than it can hold".to_owned());
                }
                *buf = bytes.into();
            }
            Page::DataPageV2 { .. } => {
                return refuse("it has pages of version 2, which eventc never writes".to_owned());
            }
        }
        if self.values > MAX_VALUES {
            return refuse(format!("a column has more than {MAX_VALUES} values in a row group"));
        }
        Ok(Some(page))
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}
