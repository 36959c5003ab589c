//! The `eventc` command.

fn main() {}
