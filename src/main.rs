//! The `eventc` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    eventc::cli::run(std::env::args_os())
}
