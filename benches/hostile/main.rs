//! What a small project can cost that was written to cost much.
//!
//! ```text
//! cargo bench --bench hostile                 every list, at three sizes each
//! cargo bench --bench hostile -- actors       those with a word in their name
//! ```
//!
//! Each line is a project of one kind that grows: the time on all cores together of one `check` (of
//! `check` and `build`, where it says so), the most memory, and the exponent with which the time grew
//! with the bytes of the project, since the size before. A record, registry or list of a megabyte is to end within
//! two seconds and 128 MiB; work that a limit bounds may grow steeply before it is met, and not
//! beyond. `limit` names what was met.
//!
//! Each run is a process of its own, so that its memory is its own; where the system does not tell
//! either, it is not shown.
#![expect(clippy::print_stdout, reason = "printing a table is what this program does")]

mod lists;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::process::Command;

use eventc::internals::{DEFAULT_FORMATS, Memory, Progress, Published, Selection, build, check};
use lists::{LISTS, List};

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [one, list, size] = arguments.as_slice()
        && one == "--one"
    {
        let list = LISTS.iter().find(|known| known.name == list).ok_or("no such list")?;
        return run(list, size.parse()?);
    }
    println!(
        "{:<44} {:>8} {:>9} {:>7} {:>6} {:>6}  findings; limits",
        "project", "n", "kB", "CPU s", "MiB", "exp"
    );
    let is_wanted = |list: &&List| arguments.iter().all(|word| list.name.contains(word.as_str()));
    for list in LISTS.iter().filter(is_wanted) {
        let mut before: Option<(f64, f64)> = None;
        for size in [list.size / 4, list.size / 2, list.size] {
            let output = Command::new(std::env::current_exe()?)
                .args(["--one", list.name, &size.to_string()])
                .output()?;
            let printed = String::from_utf8_lossy(&output.stdout);
            let mut parts = printed.trim().splitn(4, ' ');
            let mut part = || parts.next().unwrap_or("?").to_owned();
            let (bytes, seconds, memory, limits) = (part(), part(), part(), part());
            let now: Option<(f64, f64)> = bytes.parse().ok().zip(seconds.parse().ok());
            // What takes no time does not tell how it grows.
            let told = before.zip(now).filter(|(before, _)| before.1 >= 0.03);
            let exponent = told.map(|((bytes, seconds), (more, longer))| {
                format!("{:.1}", (longer / seconds).ln() / (more / bytes).ln())
            });
            println!(
                "{:<44} {size:>8} {bytes:>9} {seconds:>7} {memory:>6} {:>6}  {limits}",
                list.name,
                exponent.unwrap_or_default(),
            );
            before = now;
        }
    }
    Ok(())
}

/// Checks one project, and prints its size, what it took, and the limits that were met.
fn run(list: &List, size: usize) -> Result<(), Failure> {
    let mut world = Memory::new();
    let mut bytes = 0;
    for (path, text) in (list.make)(size) {
        bytes += text.len();
        world.write(path, text);
    }
    let before = seconds();
    let checked = check(&world, &Selection::default())?;
    if list.build {
        let folder = tempfile::tempdir()?;
        let out = folder.path().join("dist");
        build(
            &checked,
            &out,
            Published::without_restricted,
            Vec::new,
            (&|_| {}, &Progress::default()),
            DEFAULT_FORMATS,
        )?;
    }
    let took = before.zip(seconds()).map_or("?".to_owned(), |(a, b)| format!("{:.2}", b - a));
    let met = checked.findings.iter().filter(|finding| finding.rule == "limit-exceeded");
    let met: BTreeSet<String> = met.map(|finding| finding.message.to_string()).collect();
    let met: Vec<_> = met.into_iter().collect();
    let memory = memory().map_or("?".to_owned(), |memory| memory.to_string());
    println!(
        "{} {took} {memory} {} findings; {}",
        bytes / 1000,
        checked.findings.len(),
        met.join("; ")
    );
    Ok(())
}

/// Seconds that the process was on a core, as far as the system tells.
fn seconds() -> Option<f64> {
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).map(str::parse::<f64>);
    Some((times.next()?.ok()? + times.next()?.ok()?) / TICKS)
}

/// The most memory that the process has had, in MiB, as far as the system tells.
fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes >> 10)
}
