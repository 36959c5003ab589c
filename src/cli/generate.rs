//! `eventc generate`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Command, Subcommand};
use clap_complete::Shell;
use clap_mangen::Man;

use super::{Failure, Outcome, Settings, print, release};
use crate::rules::RULES;
use crate::schema;
use crate::source::Disk;

/// Generate shell completions and manual pages.
///
///   eventc generate completions bash > ~/.local/share/bash-completion/completions/eventc
///   eventc generate man ~/.local/share/man/man1
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Generate {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Completions(Completions),
    Man(ManualPages),
}

/// Print a script by which a shell completes commands, options, rules and shipped code lists.
///
///   eventc generate completions bash > ~/.local/share/bash-completion/completions/eventc
///   eventc generate completions zsh > ~/.zfunc/_eventc    with ~/.zfunc in $fpath
///   eventc generate completions fish > ~/.config/fish/completions/eventc.fish
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
struct Completions {
    /// The shell.
    shell: Shell,
}

/// Write the manual pages: `eventc.1`, and one for each command, such as `eventc-check.1`.
///
///   eventc generate man ~/.local/share/man/man1
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
struct ManualPages {
    /// Folder to write to; created if missing.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Generate {
    /// Generates for a command line.
    pub(super) fn run(&self, of: Command, settings: Settings) -> Result<Outcome, Failure> {
        // `eventc help` would repeat all commands.
        let of = of.disable_help_subcommand(true);
        match &self.what {
            What::Completions(Completions { shell }) => print::text(&completions(of, *shell))?,
            What::Man(ManualPages { folder }) => {
                let pages = manual_pages(of)?;
                let files: Vec<_> = pages.iter().map(|(name, page)| (&**name, &**page)).collect();
                Disk::new(folder.clone()).overwrite(&files)?;
                let line = format!("wrote {} files to `{}`", files.len(), folder.display());
                print::line(&line, settings)?;
            }
        }
        Ok(Outcome::Clean)
    }
}

fn completions(of: Command, shell: Shell) -> String {
    // Shells offer these names. The commands themselves take any word, and say which name is near.
    let rules = RULES.iter().map(|rule| rule.name).collect();
    let of = offering(of, "explain", "rule", rules);
    let mut of = offering(of, "codes", "list", schema::shipped_lists().collect());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut of, "eventc", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The command line with names for an argument of a command.
fn offering(of: Command, command: &str, argument: &str, names: Vec<&'static str>) -> Command {
    let names = PossibleValuesParser::new(names);
    of.mut_subcommand(command, |command| {
        command.mut_args(
            |it| if it.get_id() == argument { it.value_parser(names.clone()) } else { it },
        )
    })
}

/// The manual pages of all commands, by file name.
fn manual_pages(mut of: Command) -> Result<Vec<(String, String)>, Failure> {
    fn add(command: &Command, pages: &mut Vec<(String, String)>) -> Result<(), Failure> {
        let source = format!("eventc {}", release::VERSION);
        // An empty date would be lost, and the source would stand in its place.
        let page = Man::new(command.clone()).date(" ").source(source);
        let mut text = Vec::new();
        page.render(&mut text)?;
        pages.push((page.get_filename(), String::from_utf8(text)?));
        command.get_subcommands().try_for_each(|command| add(command, pages))
    }
    let mut pages = Vec::new();
    of.build();
    add(&of, &mut pages)?;
    Ok(pages)
}
