//! Taking times, and the table they are printed in.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use super::Failure;

/// The table of figures, printed line by line.
pub(super) struct Measurements {
    records: f64,
    megabytes: f64,
}

impl Measurements {
    pub(super) fn new(records: u32, bytes: usize) -> Self {
        println!(
            "{:<18} {:>5} {:>9} {:>12} {:>8} {:>6}",
            "stage", "cores", "seconds", "records/s", "MB/s", "runs"
        );
        Self { records: f64::from(records), megabytes: megabytes(bytes) }
    }

    /// Runs a stage as often as is cheap, prints the median, and returns what the last run made.
    pub(super) fn measure<T>(
        &mut self,
        stage: &str,
        cores: usize,
        mut run: impl FnMut() -> T,
    ) -> Result<T, Failure> {
        let (mut made, first) = timed(&mut run);
        let mut times = vec![first];
        let runs = match first.as_secs() {
            0 => 5,
            1..=4 => 3,
            _ => 1,
        };
        while times.len() < runs {
            drop(made);
            let (next, time) = timed(&mut run);
            made = next;
            times.push(time);
        }
        times.sort();
        let seconds = times[runs / 2].as_secs_f64();
        let (records, megabytes) = (self.records / seconds, self.megabytes / seconds);
        println!(
            "{stage:<18} {cores:>5} {seconds:>9.3} {records:>12.0} {megabytes:>8.1} {runs:>6}"
        );
        Ok(made)
    }
}

/// How long something takes, without throwing away what it makes.
pub(super) fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = black_box(run());
    (made, start.elapsed())
}

pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

pub(super) fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The most memory that the process has had, where the system tells.
pub(super) fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{} MiB", kibibytes >> 10))
}
