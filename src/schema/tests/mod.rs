//! The shipped schema.

mod lists;
