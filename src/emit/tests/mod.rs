//! What is written.

mod restricted;
mod table_writer;
