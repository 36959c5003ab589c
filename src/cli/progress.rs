//! Telling those who wait what goes on.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Failure, Settings, print};
use crate::source::Progress;

/// How long a run may take before it says what it does.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the line is written anew.
const TICK: Duration = Duration::from_millis(100);

/// A line on the terminal that says which stage goes on, from half a second after the start until this is
/// dropped. Where standard error is no terminal, there is none.
pub(super) struct Telling {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Telling {
    /// Begins to tell.
    pub(super) fn of(progress: &Arc<Progress>, settings: Settings) -> Self {
        if settings.quiet || !print::is_watched() {
            return Self { end: None, thread: None };
        }
        let (end, ended) = channel();
        let progress = Arc::clone(progress);
        let tell = move || {
            let mut wait = PATIENCE;
            let mut is_shown = false;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let seconds = progress.elapsed().as_secs();
                let stage = progress.stage().unwrap_or("starting");
                print::transient(&format!("{stage} ({seconds} s)"), settings);
                (wait, is_shown) = (TICK, true);
            }
            if is_shown {
                print::transient("", settings);
            }
        };
        Self { end: Some(end), thread: Some(thread::spawn(tell)) }
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        drop(self.end.take());
        // A thread that failed to print has nothing more to say.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Prints how long each stage took.
pub(super) fn times(progress: &Progress, settings: Settings) -> Result<(), Failure> {
    let times = progress.times();
    let width = times.iter().map(|(stage, _)| stage.len()).max().unwrap_or_default();
    for (stage, time) in times.iter().chain([&("in all", progress.elapsed())]) {
        print::line(&format!("{stage:<width$} {:8.3} s", time.as_secs_f64()), settings)?;
    }
    Ok(())
}
