//! The command line: one file a subcommand.
//!
//! Does: read arguments, find the project, call the stages, print, and choose the exit status.
//!
//! Must never: be imported by a stage, or decide what is wrong with a record.

mod agree;
mod build;
mod check;
mod codes;
mod command;
mod explain;
mod generate;
mod init;
mod layout;
mod markup;
mod new;
mod print;
mod progress;
mod project;
mod release;
mod restricted;
mod schema;
pub(crate) mod show;
mod verify;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use self::command::{Failure, Outcome, Settings, did_you_mean};

/// A compiler for hand-curated event data.
///
/// Checks YAML records of events against a codebook and compiles them to CSV and Parquet.
#[derive(Debug, Parser)]
#[command(bin_name = "eventc")]
#[command(arg_required_else_help = true)]
struct Arguments {
    #[command(flatten)]
    version: Version,
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options that ask which eventc this is.
#[derive(Args, Debug)]
struct Version {
    /// Print the version.
    #[arg(short = 'V', long)]
    version: bool,
    /// With `--version`: print also the repository, the commit and the system.
    #[arg(long, requires = "version")]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Check(check::Check),
    Build(build::Build),
    Verify(verify::Verify),
    Explain(explain::Explain),
    Codes(codes::Codes),
    Schema(schema::Schema),
    Show(show::Show),
    Agree(agree::Agree),
    Generate(generate::Generate),
}

/// Runs a command line, whose first argument is the name of the program.
///
/// Returns the exit status: 0 without a finding of level error, 1 with at least one, 2 if eventc
/// could not do its work.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    print::heed_force_color();
    let arguments: Vec<_> = arguments.collect();
    let parsed = match parse(arguments.clone()) {
        Ok(parsed) => parsed,
        Err(error) => {
            let status = print::usage(&error, &arguments, parse);
            return ExitCode::from(u8::try_from(status).unwrap_or(2));
        }
    };
    let settings = parsed.settings;
    panic::set_hook(Box::new(move |panic| {
        if !crate::verify::is_reading() {
            print::defect(panic, settings);
        }
    }));
    match panic::catch_unwind(AssertUnwindSafe(|| parsed.run())) {
        Ok(Ok(Outcome::Clean)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Findings)) => ExitCode::from(1),
        Ok(Err(failure)) => {
            print::failure(&failure, settings);
            ExitCode::from(2)
        }
        Err(_) => ExitCode::from(2),
    }
}

fn parse(arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    let width = print::output_width().min(layout::LONGEST_LINE);
    let mut command = Arguments::command().term_width(width);
    let matches = command.try_get_matches_from_mut(arguments)?;
    Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

impl Arguments {
    fn run(&self) -> Result<Outcome, Failure> {
        match &self.command {
            _ if self.version.version => {
                print::text(&release::version(self.version.verbose))?;
                Ok(Outcome::Clean)
            }
            Some(command) => {
                share_work()?;
                command.run(self.settings)
            }
            None => Err(Failure("no command; `eventc --help` lists them".to_owned())),
        }
    }
}

/// Makes this thread one of those that share the work; most systems give it the largest stack. If it only waited, memory
/// that it took and others freed would lie idle, because a thread takes memory back only when it takes more.
fn share_work() -> Result<(), Failure> {
    let threads = rayon::ThreadPoolBuilder::new().use_current_thread();
    threads.build_global().map_err(|error| Failure(format!("cannot begin a thread: {error}")))
}

impl Command {
    fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        match self {
            Self::Init(init) => init.run(settings),
            Self::New(new) => new.run(settings),
            Self::Check(check) => check.run(settings),
            Self::Build(build) => build.run(settings),
            Self::Verify(verify) => verify.run(settings),
            Self::Explain(explain) => explain.run(settings),
            Self::Codes(codes) => codes.run(settings),
            Self::Schema(schema) => schema.run(settings),
            Self::Show(show) => show.run(settings),
            Self::Agree(agree) => agree.run(settings),
            Self::Generate(generate) => generate.run(Arguments::command(), settings),
        }
    }
}
