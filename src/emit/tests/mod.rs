//! What is written.

mod contract;
mod keys;
mod release;
mod restricted;
mod table_writer;
