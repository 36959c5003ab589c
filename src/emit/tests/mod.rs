//! What is written.

mod contract;
mod keys;
mod maps;
mod release;
mod restricted;
mod table_writer;
