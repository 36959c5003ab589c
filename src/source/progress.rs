//! How far a run is, for those who wait for it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The stages of a run, each with the moment when it began. Nothing of it reaches an output.
#[derive(Debug)]
pub struct Progress {
    begun: Instant,
    stages: Mutex<Vec<(&'static str, Instant)>>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { begun: Instant::now(), stages: Mutex::default() }
    }
}

impl Progress {
    /// Begins a stage, which ends the one before it. `stage` says what is done: `reading files`.
    pub fn enter(&self, stage: &'static str) {
        self.locked().push((stage, Instant::now()));
    }

    /// The stage that goes on.
    pub fn stage(&self) -> Option<&'static str> {
        self.locked().last().map(|(stage, _)| *stage)
    }

    /// How long the run has taken.
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// How long each stage took, the last one until now.
    pub fn times(&self) -> Vec<(&'static str, Duration)> {
        let stages = self.locked();
        let ends = stages.iter().skip(1).map(|(_, next)| *next).chain([Instant::now()]);
        stages.iter().zip(ends).map(|((stage, begun), end)| (*stage, end - *begun)).collect()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Vec<(&'static str, Instant)>> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
