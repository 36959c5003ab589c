//! A made-up project of any size, in the shape of real ones.
//!
//! The same number of records and seed give the same bytes on every machine: there is no clock,
//! no floating point and no hash map in it. A record takes about 1.3 kB. It has from no claim to
//! twelve, with a long tail; its forms, layout, quotes and comments vary as those of curators do.
//! Unless broken records are asked for, nothing is wrong with any of them.

mod claims;
mod damage;
mod event;
mod plan;
mod random;
mod registries;
mod values;
mod words;
mod yaml;

use eventc::internals::Memory;

use damage::Damage;
use plan::Plan;
use random::Random;

/// Records of one dataset at most: `sources.yaml` has one entry for three records, and must stay
/// far below the 256 MiB that a file may have.
const DATASET: u32 = 100_000;

/// A made-up project.
#[derive(Clone, Debug)]
pub(crate) struct Corpus {
    records: u32,
    seed: u64,
    per_file: u32,
    broken: Option<u32>,
}

impl Corpus {
    /// A project of so many records, each in a file of its own.
    pub(crate) fn new(records: u32, seed: u64) -> Self {
        Self { records, seed, per_file: 1, broken: None }
    }

    /// Puts so many records into a file, as documents of a stream.
    pub(crate) fn per_file(self, records: u32) -> Self {
        Self { per_file: records.max(1), ..self }
    }

    /// Breaks one record in `every`, each kind of damage in turn.
    pub(crate) fn broken(self, every: u32) -> Self {
        Self { broken: Some(every.max(1)), ..self }
    }

    /// How many records are broken.
    pub(crate) fn count_broken(&self) -> u32 {
        self.broken.map_or(0, |every| self.records / every)
    }

    /// Every file, path and bytes. Only one dataset's registries are held at a time.
    pub(crate) fn files(&self) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
        let datasets = self.records.div_ceil(DATASET);
        (0..datasets).flat_map(move |number| {
            let events = DATASET.min(self.records - number * DATASET);
            let name = format!("corpus-{:02}", number + 1);
            let seed = self.seed.wrapping_add(u64::from(number) << 32);
            let plan = Plan::new(name, events, seed);
            let registries = registries_of(&plan);
            registries.into_iter().chain(self.event_files(plan, number * DATASET))
        })
    }

    /// The project in memory.
    pub(crate) fn world(&self) -> Memory {
        let mut memory = Memory::new();
        for (path, bytes) in self.files() {
            memory.write(path, bytes);
        }
        memory
    }

    fn event_files(&self, plan: Plan, before: u32) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
        let size = self.per_file;
        (0..plan.events.div_ceil(size)).map(move |file| {
            let events = file * size..plan.events.min((file + 1) * size);
            let folder = format!("datasets/{}/events", plan.name);
            if size == 1 {
                let (id, year) = (plan.event_id(file), plan.day(file).format("%Y"));
                return (
                    format!("{folder}/{year}/{id}.yaml"),
                    self.record(&plan, file, before).into_bytes(),
                );
            }
            let records =
                events.map(|event| "---\n".to_owned() + &self.record(&plan, event, before));
            (format!("{folder}/{:04}.yaml", file + 1), records.collect::<String>().into_bytes())
        })
    }

    fn record(&self, plan: &Plan, event: u32, before: u32) -> String {
        let mut random = Random::new(plan.seed, u64::from(event));
        let mut entries = event::event(plan, event, &mut random);
        let number = before + event + 1;
        if let Some(every) = self.broken.filter(|every| number.is_multiple_of(*every)) {
            let kind = (number / every) as usize % Damage::ALL.len();
            Damage::ALL[kind].apply(&mut entries);
        }
        yaml::document(&entries, &mut random)
    }
}

fn registries_of(plan: &Plan) -> [(String, Vec<u8>); 4] {
    let path = |stem| format!("datasets/{}/{stem}.yaml", plan.name);
    [
        (path("dataset"), registries::dataset(plan).into_bytes()),
        (path("actors"), registries::actors(plan).into_bytes()),
        (path("places"), registries::places(plan).into_bytes()),
        (path("sources"), registries::sources(plan).into_bytes()),
    ]
}
