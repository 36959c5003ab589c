//! The `eventc` command.

use std::process::ExitCode;

use clap::Parser;
use eventc::cli::Arguments;

fn main() -> ExitCode {
    eventc::cli::run(&Arguments::parse())
}
