//! How long each stage takes, on a made-up project of any size.
//!
//! ```text
//! cargo bench --bench stages -- 10000                      one record a file
//! cargo bench --bench stages -- 1000000 --per-file 1000    streams; takes ten gigabytes of memory
//! cargo bench --bench stages -- 10000 --broken 100         one record in a hundred is wrong
//! cargo bench --bench stages -- 10000 --write DIR          writes the project, for other tools
//! ```
//!
//! Without a number it takes that of `EVENTC_RECORDS`, or 10,000. Times are medians of five runs;
//! of three where one takes longer than a second, of one where it takes longer than five. Stages
//! read from memory; only the tables are written to disk, to the folder for temporary files. Figures
//! are comparable only between runs that print the same fingerprint of their project.
#![expect(clippy::print_stdout, reason = "printing a table is what this program does")]

#[path = "../corpus/mod.rs"]
mod corpus;
mod measurement;
mod options;

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use corpus::Corpus;
use eventc::Level;
use eventc::internals::{
    Binding, Checked, Codebook, DEFAULT_FORMATS, Dataset, FileDefects, Files, Format, Memory,
    Outputs, Progress, Project as Read, Published, Reader, Reading, Report, Reports, SchemaDefect,
    Scope, Selection, SourceText, Terminal, Texts, World, build, check, load_datasets, load_schema,
    parse_source, read_event, run_rules, stage_dataset, text_of, without_clashes,
};
use measurement::{Measurements, cores, megabytes, peak_memory, timed};
use options::Options;

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let options = Options::read(std::env::args().skip(1))?;
    let corpus = options.corpus();
    if let Some(folder) = &options.write {
        return write(&corpus, folder);
    }
    let (world, made) = timed(|| corpus.world());
    let project = Project::read(world)?;
    println!(
        "{} records, {:.1} MB of events in {} files, {:.1} MB of registries; made in {:.1} s",
        options.records,
        megabytes(project.bytes),
        project.paths.len(),
        megabytes(project.registry_bytes),
        made.as_secs_f64(),
    );
    println!("fingerprint {:016x}", project.fingerprint()?);
    let mut report = Measurements::new(options.records, project.bytes);
    measure_reading(&project, &mut report)?;
    measure_judging(&project, corpus.count_broken(), &mut report)?;
    println!("peak memory: {}", peak_memory().unwrap_or_else(|| "not known here".to_owned()));
    Ok(())
}

/// The project in memory, and its codebook.
struct Project {
    world: Memory,
    /// The event files.
    paths: Vec<String>,
    /// Bytes of the event files.
    bytes: usize,
    registry_bytes: usize,
    files: Files,
    codebook: Codebook,
    schema: Vec<FileDefects<SchemaDefect>>,
}

impl Project {
    fn read(world: Memory) -> Result<Self, Failure> {
        let mut files = Files::default();
        let loaded = without_clashes(load_schema(&world, &mut files)?);
        let (paths, others): (Vec<_>, Vec<_>) =
            world.files("datasets")?.into_iter().partition(|path| path.contains("/events/"));
        let size = |paths: &[String]| -> Result<usize, Failure> {
            paths.iter().map(|path| Ok(world.read(path)?.map_or(0, |bytes| bytes.len()))).sum()
        };
        let (bytes, registry_bytes) = (size(&paths)?, size(&others)?);
        Ok(Self {
            world,
            paths,
            bytes,
            registry_bytes,
            files,
            codebook: loaded.codebook,
            schema: loaded.files,
        })
    }

    /// A number that changes with any byte of any event (FNV-1a).
    fn fingerprint(&self) -> Result<u64, Failure> {
        let mut hash = 0xCBF2_9CE4_8422_2325;
        for path in &self.paths {
            for byte in self.world.read(path)?.unwrap_or_default() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
        Ok(hash)
    }

    fn texts(&self) -> Result<Vec<SourceText>, Failure> {
        let text =
            |path: &String| Ok(SourceText::decode(self.world.read(path)?.unwrap_or_default()));
        self.paths.iter().map(text).collect()
    }

    /// Reads all datasets, and judges each event by itself.
    fn load(&self) -> Result<(Files, Vec<Dataset>, Reports), Failure> {
        let (mut files, mut reports) = (self.files.clone(), Reports::default());
        let reading = Reading {
            known: None,
            visit: &|binding, events| reports.visit(binding, events),
            keeps_records: true,
        };
        let (codebook, all) = (&self.codebook, Selection::default());
        let loaded = load_datasets(&self.world, codebook, &all, &mut files, &reading)?;
        reports.add(loaded.reports, false);
        Ok((files, loaded.datasets, reports))
    }
}

/// From bytes to records: the first three stages on one core, then the same on all.
fn measure_reading(project: &Project, report: &mut Measurements) -> Result<(), Failure> {
    report.measure("read and decode", 1, || project.texts())??;
    let texts = project.texts()?;
    report.measure("parse", 1, || {
        texts.iter().map(|text| black_box(parse_source(text)).documents.len()).sum::<usize>()
    })?;
    report.measure("parse and model", 1, || {
        texts.iter().map(|text| model(text, &project.codebook)).sum::<usize>()
    })?;
    drop(texts);
    report.measure("load and judge", cores(), || project.load())??;
    Ok(())
}

/// Reads a file's records as loading does; returns how many there are.
fn model(source: &SourceText, codebook: &Codebook) -> usize {
    let stream = parse_source(source);
    let mut reader = Reader::new(codebook);
    let roots = stream.documents.iter().filter_map(|document| document.root());
    roots.filter_map(|root| black_box(read_event(root, &mut reader))).count()
}

/// From records to findings and tables, then everything at once.
fn measure_judging(
    project: &Project,
    broken: u32,
    report: &mut Measurements,
) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let (files, datasets, mut reports) = project.load()?;
    report.measure("compare events", cores(), || {
        let today = project.world.today();
        let read = Read { codebook: &project.codebook, datasets: &datasets, files: &files };
        run_rules(read, (&project.schema, &[]), None, today, &mut reports)
    })?;
    if broken == 0 {
        report.measure("tables", 1, || {
            stage(&project.codebook, &datasets, &files, folder.path())
        })??;
    }
    drop(datasets);
    let checked =
        report.measure("check", cores(), || check(&project.world, &Selection::default()))??;
    if broken > 0 {
        report.measure("print findings", 1, || print(&checked, &project.world))??;
    }
    verify(&checked, broken)?;
    drop(checked);
    if broken == 0 {
        report.measure("check and build", cores(), || -> Result<_, Failure> {
            let checked = check(&project.world, &Selection::default())?;
            let publish = Published::without_restricted;
            Ok(build(
                &checked,
                folder.path(),
                publish,
                Vec::new,
                (&|_| {}, &Progress::default()),
                DEFAULT_FORMATS,
            )?)
        })??;
    }
    Ok(())
}

/// Writes the tables of every dataset, and throws them away.
fn stage(
    codebook: &Codebook,
    datasets: &[Dataset],
    files: &Files,
    folder: &Path,
) -> Result<(), Failure> {
    let outputs = Outputs::open(folder, &|_| {})?;
    for dataset in datasets {
        let published = Published::without_restricted(Binding { codebook, dataset });
        stage_dataset(&published, (files, None), None, &outputs, DEFAULT_FORMATS)?;
    }
    Ok(())
}

fn print(checked: &Checked, world: &Memory) -> Result<(), Failure> {
    let scope = Scope { files: checked.files.ids().collect(), ..Scope::default() };
    let report = Report::new(&checked.findings, scope);
    let mut texts = Texts::new(&checked.files, |file| text_of(world, checked.files.path(file)));
    Ok(Format::TEXT.write(&mut std::io::sink(), Terminal::NONE, &report, &mut texts)?)
}

/// Fails if the corpus is not what it is meant to be: figures of records that are all rejected
/// would mean nothing. Rules may find what is only worth knowing.
fn verify(checked: &Checked, broken: u32) -> Result<(), Failure> {
    let findings = &checked.findings;
    let errors: Vec<_> = findings.iter().filter(|found| found.level == Level::Error).collect();
    let by_rule = findings.by_rule();
    println!("findings: {by_rule:?}");
    if errors.is_empty() == (broken == 0) && errors.len() >= broken as usize {
        return Ok(());
    }
    let first = errors.first();
    Err(format!("{} errors in {broken} broken records, first {first:?}", errors.len()).into())
}

/// Writes a project to a folder.
fn write(corpus: &Corpus, folder: &Path) -> Result<(), Failure> {
    for (path, bytes) in corpus.files() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    println!("written to {}", folder.display());
    Ok(())
}
