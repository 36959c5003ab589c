//! What is written.

mod keys;
mod restricted;
mod table_writer;
