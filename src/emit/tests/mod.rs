//! What is written.

mod table_writer;
