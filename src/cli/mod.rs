//! The command line: one file a subcommand.
//!
//! Does: read arguments, find the project, call the stages, print, and choose the exit status.
//!
//! Must never: be imported by another module, or decide what is wrong with a record.

mod build;
mod check;
mod codes;
mod explain;
mod init;
mod layout;
mod new;
mod project;
mod schema;
mod show;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// A compiler for hand-curated event data.
///
/// Checks YAML records of events against a codebook and compiles them to CSV and Parquet.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub struct Arguments {
    /// When to colour what is printed for people.
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    color: Color,
    /// Print nothing but findings.
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Check(check::Check),
    Build(build::Build),
    Explain(explain::Explain),
    Codes(codes::Codes),
    Schema(schema::Schema),
    Show(show::Show),
}

/// When to colour what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` or `CLICOLOR` say otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What every command is told.
#[derive(Clone, Copy, Debug)]
struct Settings {
    color: Color,
    quiet: bool,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing of level error was found.
    Clean,
    /// Something of level error was found, in records or codebook; or something would be changed,
    /// where that was asked.
    Findings,
}

/// Why the tool could not do its work: words for the user.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs a command and answers with its exit status: 0 for no finding of level error, 1 for at
/// least one, 2 where the tool could not do its work.
pub fn run(arguments: &Arguments) -> ExitCode {
    let settings = Settings { color: arguments.color, quiet: arguments.quiet };
    let outcome = match &arguments.command {
        Command::Init(init) => init.run(settings),
        Command::New(new) => new.run(settings),
        Command::Check(check) => check.run(settings),
        Command::Build(build) => build.run(settings),
        Command::Explain(explain) => explain.run(),
        Command::Codes(codes) => codes.run(settings),
        Command::Schema(schema) => schema.run(settings),
        Command::Show(show) => show.run(settings),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            let _ = project::print_failure(&failure, settings);
            ExitCode::from(2)
        }
    }
}

/// A closed pipe is the reader's way of saying that it has enough.
fn unless_closed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
