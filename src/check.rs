//! The whole run: check a project, compare it with what it was, fix it, build it.

mod build;
mod by_base;
mod cache;
mod checked;
mod earlier;
mod from_sql;
mod known_files;
mod last_run;
mod merge;
mod verdict;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::dataset::{
    Change, Dataset, Known, LoadedDatasets, Names, Project, Reading, Selection, levels_before,
    load_visiting,
};
use crate::diagnostic::{Comparison, Diagnostic, Findings};
use crate::emit::json_schema::{EDITOR_FOLDER, FileKind, json_schema};
use crate::fix::{Fixed, Fixer, KnownNames, ROUNDS, Wanted};
use crate::form::{FileDefect, FileDefects};
use crate::rules::{self, Reports, Rule};
use crate::schema::{self, Codebook};
use crate::source::{
    self, FileId, Files, LineIndex, Overlay, Progress, ReadError, Recorder, World,
};

pub use build::{build, commits_of, rebuild};
pub use by_base::compare_by_base;
pub use cache::Cache;
#[cfg(test)]
pub use cache::Worth;
pub use checked::Checked;
use checked::Kept;
use earlier::Earlier;
pub use from_sql::{from_sql, rows};
pub use merge::merge;
pub use verdict::{Counts, Verdict};

/// A project that was checked before and after a change.
#[derive(Debug)]
pub struct Compared {
    /// The project as it was; its findings are those that are no longer made, without those that
    /// only went away with their record.
    pub before: Checked,
    /// The project as it is; its findings are those that the change caused.
    pub after: Checked,
    /// What was found both times, as it is found now.
    pub unchanged: Findings,
}

/// Whose `levels` judge the findings of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LevelsOf {
    /// Those of the project before it.
    Before,
    /// Those of the project after it.
    After,
}

/// Reads the selected datasets of a project and runs every rule over them.
///
/// # Errors
/// When a file or folder of the project cannot be read. Whatever is wrong in the files is a
/// finding instead.
pub fn check(world: &dyn World, selection: &Selection) -> Result<Checked, ReadError> {
    let progress = &Progress::default();
    check_after(None, world, selection, (LevelsOf::After, progress), Earlier::default())
}

/// What a check of the project of a cache says. Reads only what changed, where the cache knows the rest.
///
/// # Errors
/// As [`check`].
pub fn verdict(
    selection: &Selection,
    progress: &Progress,
    cache: &Cache<'_>,
) -> Result<Verdict, ReadError> {
    let last = cache.last(selection);
    if let Some((verdict, _)) = last.as_ref().and_then(|last| cache.verdict(selection, last)) {
        std::mem::forget(last);
        return Ok(verdict);
    }
    let known = last.as_ref().and_then(|last| cache.known(selection, last));
    let earlier = Earlier { known: known.as_ref(), has_cache: cache.is_open(), is_verdict: true };
    let checked = check_after(None, cache.look(), selection, (LevelsOf::After, progress), earlier)?;
    let counts = checked.counts();
    cache.keep(selection, (&checked, &counts), last.as_ref());
    std::mem::forget((last, known));
    Ok(checked.into_verdict(counts))
}

/// Checks the project of a cache whole, for a build, and keeps what it said.
///
/// # Errors
/// As [`check`].
pub fn check_keeping(
    selection: &Selection,
    progress: &Progress,
    cache: &Cache<'_>,
) -> Result<Checked, ReadError> {
    let earlier = Earlier { has_cache: cache.is_open(), ..Earlier::default() };
    let checked = check_after(None, cache.look(), selection, (LevelsOf::After, progress), earlier)?;
    progress.enter("keeping the verdict");
    cache.keep(selection, (&checked, &checked.counts()), None);
    cache.look().forget();
    Ok(checked)
}

/// Checks a project, holding its events against what they were `before` a change, if there was one.
fn check_after(
    before: Option<&Checked>,
    world: &dyn World,
    selection: &Selection,
    (levels, progress): (LevelsOf, &Progress),
    earlier: Earlier<'_>,
) -> Result<Checked, ReadError> {
    progress.enter("reading the codebook");
    let recorder = Recorder::new(world, crate::dataset::is_of_event);
    let (given, world): (_, &dyn World) = (world, &recorder);
    let mut files = Files::default();
    let loaded = crate::table::without_clashes(schema::load(world, &mut files)?);
    let (codebook, schema) = (loaded.codebook, loaded.files);
    // What is known speaks of codes by their positions.
    let of_codebook = recorder.beside();
    let earlier = earlier.of_codebook(of_codebook);
    progress.enter("reading and judging the datasets");
    let mut reports = Reports::default();
    let reading = Reading {
        known: earlier.known.map(|known| Known { bytes: known.bytes(), of_files: known }),
        visit: &|binding, events| reports.visit(binding, events),
        keeps_records: !earlier.is_verdict,
    };
    let LoadedDatasets { mut datasets, reports: found, known, mut strays } =
        load_visiting(world, &codebook, selection, &mut files, &reading)?;
    let read = (&recorder, &files);
    let found = (found, &*known);
    let Some((beside, is_kept)) = earlier.complete(&mut reports, read, found, &datasets) else {
        drop((datasets, strays));
        let nothing = earlier.forgotten();
        return check_after(before, given, selection, (levels, progress), nothing);
    };
    if let (LevelsOf::Before, Some(before)) = (levels, before) {
        let were = |is: &Dataset| levels_before(&is.name, &before.datasets, &datasets);
        let levels: Vec<_> = datasets.iter().map(were).collect();
        for (dataset, levels) in datasets.iter_mut().zip(levels) {
            dataset.description.levels = levels;
        }
    }
    if schema.iter().all(|file| file.defects.is_empty()) {
        strays.extend(stale_schemas(world, &codebook, &mut files));
    }
    progress.enter("comparing the events");
    let rules = Rule::of_run(before.is_some());
    let project = Project { codebook: &codebook, datasets: &datasets, files: &files };
    let change = before.map(|before| Change::new(before.project(), project));
    // What does not rest on the day is said again tomorrow.
    let rests_on_day = datasets.iter().any(Dataset::allows);
    let today = if rests_on_day { world.today() } else { NaiveDate::default() };
    let beside_datasets = (&*schema, &*strays);
    // The rules ask nothing more of the project.
    let (mut findings, trace) = rayon::join(
        || rules::run(project, beside_datasets, change.as_ref(), today, &mut reports),
        || recorder.finish(),
    );
    for (dataset, mentions) in datasets.iter_mut().zip(std::mem::take(&mut reports.mentions)) {
        dataset.mentions = mentions;
        dataset.mentions.find_lines(&|file| schema::text_of(given, files.path(file)));
    }
    // What was read back is all that the rules saw.
    let were = before.into_iter().flat_map(|before| &before.datasets);
    whole(were.chain(&datasets))?;
    reports.failure().map_or(Ok(()), Err)?;
    progress.enter("proving the fixes");
    let project = Project { codebook: &codebook, datasets: &datasets, files: &files };
    // Whatever has findings was asked for before.
    withdraw(&mut findings, (project, before), given)?;
    trace.note_in(&mut files);
    let kept = is_kept.then(|| Kept { reports, of_codebook, beside });
    let (knew, changes) = (earlier.known.is_some(), None);
    let shards = BTreeMap::new();
    Ok(Checked { files, codebook, datasets, rules, findings, changes, trace, knew, kept, shards })
}

/// Withdraws the fixes that could do harm in a project, or after what it was `before` a change.
fn withdraw(
    findings: &mut Findings,
    (project, before): (Project<'_>, Option<&Checked>),
    world: &dyn World,
) -> Result<(), ReadError> {
    let before: Vec<_> = before.into_iter().flat_map(Checked::bindings).collect();
    let names = Names::new(project.codebook, project.datasets, &before);
    let known = KnownNames {
        syntax_rule: rules::YAML_SYNTAX,
        has_before: !before.is_empty(),
        is_gone: &|id| names.is_gone(id),
        both_mean: &|old, new| names.both_mean(old, new),
    };
    crate::fix::withdraw(findings, project.files, world, &known)
}

/// Fails where records could not be read back, which whatever was made of the datasets lacks.
fn whole<'d>(mut datasets: impl Iterator<Item = &'d Dataset>) -> Result<(), ReadError> {
    datasets.find_map(Dataset::lost_records).map_or(Ok(()), Err)
}

/// The schemas for editors that the project has and that are not those of its codebook, as a defect of
/// the first one.
fn stale_schemas<Own>(
    world: &dyn World,
    codebook: &Codebook,
    files: &mut Files,
) -> Option<FileDefects<Own>> {
    let path = |name: &str| format!("{EDITOR_FOLDER}/{name}");
    let rules = rules::allowable();
    let is_stale = |file: &FileKind| {
        // One that cannot be read may be any.
        let kept = world.read(&path(&file.file_name())).ok().flatten();
        kept.is_some_and(|kept| kept != json_schema(*file, codebook, &rules).as_bytes())
    };
    let stale: Vec<_> = FileKind::ALL.iter().filter(|file| is_stale(file)).collect();
    let names: Vec<_> = stale.iter().map(|file| file.file_name()).collect();
    let first = files.add(path(names.first()?));
    Some(FileDefects::of_file(first, FileDefect::StaleSchema(names)))
}

/// Checks a project before and after a change, and tells what the change caused and what it
/// resolved. Both are checked whole, for a change of a registry breaks records elsewhere.
///
/// # Errors
/// When a file or folder of either cannot be read.
pub fn compare(
    before: &dyn World,
    after: &dyn World,
    selection: &Selection,
) -> Result<Compared, ReadError> {
    let was = check(before, selection)?;
    let Caused { resolved, after, unchanged } =
        caused((before, &was), after, selection, LevelsOf::After)?;
    Ok(Compared { before: Checked { findings: resolved, ..was }, after, unchanged })
}

/// What a change caused.
struct Caused {
    /// The findings before it that it resolved.
    resolved: Findings,
    /// The project after it; its findings are those that are new.
    after: Checked,
    /// What was found both times.
    unchanged: Findings,
}

/// Checks a project after a change, and tells what the change caused in the project as it was.
fn caused(
    (before, was): (&dyn World, &Checked),
    after: &dyn World,
    selection: &Selection,
    levels: LevelsOf,
) -> Result<Caused, ReadError> {
    let progress = Progress::default();
    let is = check_after(Some(was), after, selection, (levels, &progress), Earlier::default())?;
    let paths = source::renamed((before, &was.files), (after, &is.files))?;
    let Comparison { new, no_longer_reported, unchanged } = Comparison::new(
        was.findings.clone().known_by(&paths),
        is.findings.clone(),
    )
    .by_place(&mut lines(before, &was.files, &paths), &mut lines(after, &is.files, &is.files));
    let change = Change::new(was.project(), is.project());
    let resolved = rules::resolved(&change, &paths, no_longer_reported, &new);
    let new = rules::tell(&change, new, &|file| schema::text_of(after, is.files.path(file)));
    whole(was.datasets.iter().chain(&is.datasets))?;
    Ok(Caused { resolved, after: Checked { findings: new, ..is }, unchanged })
}

/// Tells of a finding in which file it is, by its path among `paths`, and in which line. Findings are
/// asked for file by file.
fn lines<'w>(
    world: &'w dyn World,
    files: &'w Files,
    paths: &'w Files,
) -> impl FnMut(&Diagnostic) -> Option<(String, String)> + 'w {
    let mut last: Option<(FileId, Option<(String, LineIndex)>)> = None;
    move |finding| {
        let file = finding.location.file;
        if last.as_ref().is_none_or(|(read, _)| *read != file) {
            let text = schema::text_of(world, files.path(file));
            last =
                Some((file, text.map(|text| (LineIndex::new(&text), text)).map(|(i, t)| (t, i))));
        }
        let (text, index) = last.as_ref()?.1.as_ref()?;
        let line = index.line(finding.location.span.start);
        let start = index.start(line) as usize;
        let line = text.get(start..)?.lines().next().unwrap_or_default().trim();
        Some((paths.path(file).to_owned(), line.to_owned()))
    }
}

/// Checks a project, makes the fixes that are wanted, and checks again until there is none left to
/// make. The fixed texts are laid over the project; no file is written. With a project as it was
/// `before` a change, only what the change caused is fixed, and what is found is that.
///
/// # Errors
/// When a file or folder of the project cannot be read.
pub fn fix(
    before: Option<&dyn World>,
    overlay: &mut Overlay<'_>,
    selection: &Selection,
    wanted: &Wanted<'_>,
) -> Result<(Checked, Fixed), ReadError> {
    let found_in = |overlay: &Overlay<'_>| match before {
        None => check(overlay, selection),
        Some(before) => Ok(compare(before, overlay, selection)?.after),
    };
    let mut fixer = Fixer::new(wanted);
    let mut checked = found_in(overlay)?;
    for _ in 0..ROUNDS {
        let round = fixer.round(&checked.findings, &checked.files, overlay)?;
        let Some(round) = round else { break };
        let before = overlay.lay(round.texts())?;
        let after = found_in(overlay)?;
        if fixer.accept(&round, &after.findings, &after.files) {
            checked = after;
        } else {
            overlay.lay(before)?;
        }
    }
    let fixed = fixer.finish(&checked.findings, &checked.files);
    Ok((checked, fixed))
}
