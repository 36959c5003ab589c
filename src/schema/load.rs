//! Finding and loading a codebook and its lists.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Reader;
use super::clash::Clash;
use super::code_list::CodeList;
use super::codebook::Codebook;
use super::defect::{CodebookFault, SchemaDefect};
use super::id_scheme::read_schemes;
use super::read_codebook::{CodebookFile, lacks_fields, read_choices, read_fields};
use super::read_list;
use super::read_policy::read_policy;
use super::role::Role;
use super::shipped::{shipped, shipped_lists, shipped_path};
use crate::form::{FileDefect, FileDefects, Limit, Unread, Written, common_name};
use crate::source::{
    FileId, Files, Listed, Obstacle, ReadError, SourceText, Span, Spanned, World, is_yaml,
};
use crate::syntax::{self, Node, Stream};

/// A codebook, and what was found wrong in its files.
#[derive(Debug)]
pub struct LoadedCodebook {
    /// The codebook, as far as it could be read.
    pub codebook: Codebook,
    /// Every file of it, with its defects.
    pub files: Vec<FileDefects<SchemaDefect>>,
}

/// Loads the project's codebook, or the shipped one where the project has none.
///
/// A list is looked up by name in the project's `schema/codes`, then among the shipped ones; every
/// list of the project is checked, also one that nothing uses.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn load(world: &dyn World, files: &mut Files) -> Result<LoadedCodebook, ReadError> {
    load_and(world, files, std::iter::empty())
}

/// Loads what [`load`] does and every shipped list, also one that nothing uses: for looking codes
/// up, not for reading records.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn load_with_shipped(
    world: &dyn World,
    files: &mut Files,
) -> Result<LoadedCodebook, ReadError> {
    load_and(world, files, shipped_lists())
}

fn load_and(
    world: &dyn World,
    files: &mut Files,
    lists: impl Iterator<Item = &'static str>,
) -> Result<LoadedCodebook, ReadError> {
    let mut loader = Loader::new(world, files)?;
    let codebook = loader.codebook()?;
    loader.project_files()?;
    for name in lists {
        loader.list(name)?;
    }
    Ok(LoadedCodebook {
        codebook: Codebook { lists: Arc::new(loader.lists), ..codebook },
        files: loader.loaded,
    })
}

impl LoadedCodebook {
    /// Reports columns that no table can have, and removes the fields that ask for one. Values that
    /// records give for such a field are ignored.
    pub fn withdraw(&mut self, clashes: Vec<Clash>) {
        for Clash { name, place, first } in clashes {
            let defect = SchemaDefect::Fault(CodebookFault::ColumnClash { name, first });
            if let Some(file) = self.files.iter_mut().find(|loaded| loaded.file == place.file) {
                file.defects.push(Spanned::new(defect.into(), place.span));
            }
            self.codebook.withdraw_field(place);
        }
    }
}

pub(super) struct Loader<'w> {
    world: &'w dyn World,
    pub(super) files: &'w mut Files,
    /// All that stands under `schema/`.
    pub(super) listed: Vec<Listed>,
    pub(super) lists: Vec<CodeList>,
    pub(super) positions: BTreeMap<String, usize>,
    /// Codes that the lists have taken over from others.
    inherited: usize,
    loaded: Vec<FileDefects<SchemaDefect>>,
}

/// A file of the schema: the project's own, or a shipped one.
struct SchemaText {
    file: FileId,
    source: SourceText,
    /// Why nothing of it could be read.
    defect: Option<FileDefect>,
}

impl SchemaText {
    /// The root of its document; that there is none is a defect.
    fn root<'d>(
        &self,
        stream: &'d Stream<'_>,
        what: &'static str,
        reader: &mut Reader<'_>,
    ) -> Option<Node<'d>> {
        match &self.defect {
            Some(defect) => {
                reader.report(Span::at(0), defect.clone());
                None
            }
            None => reader.required_root(stream, what),
        }
    }
}

impl<'w> Loader<'w> {
    fn new(world: &'w dyn World, files: &'w mut Files) -> Result<Self, ReadError> {
        let listed = world.list("schema")?;
        let (lists, positions, loaded) = (Vec::new(), BTreeMap::new(), Vec::new());
        Ok(Self { world, files, listed, lists, positions, inherited: 0, loaded })
    }
}

impl Loader<'_> {
    fn codebook(&mut self) -> Result<Codebook, ReadError> {
        let text = self.open("codebook.yaml")?.expect("a codebook is shipped");
        let mut reader = Reader::new(&());
        let stream = syntax::parse_source(&text.source);
        let root = text.root(&stream, "codebook", &mut reader);
        let head = root.and_then(|root| CodebookFile::open(root, &mut reader));
        let mut codebook = Codebook::default();
        let choices = head.as_ref().map(|(opened, _)| read_choices(opened, &mut reader));
        let choices = choices.unwrap_or_else(|| Role::ALL.map(|_| Written::Invalid));
        codebook.roles = self.role_lists(&choices, text.file, &mut reader)?;
        codebook.lacks_id_schemes = head.is_none();
        codebook.lacks_fields = head.as_ref().is_none_or(|(opened, _)| lacks_fields(opened));
        if let Some((opened, head)) = head {
            let read = read_fields(&opened, text.file, &mut reader);
            codebook.lacks_fields |= read.fields.len() >= Limit::Fields.most();
            let (fields, unreadable) = self.with_lists(read, text.file, &mut reader)?;
            codebook.add_fields(fields);
            codebook.unreadable_fields = unreadable;
            let aliases = codebook.all_fields().flat_map(|field| {
                field.aliases.iter().map(|alias| (common_name(alias), field.name.clone()))
            });
            codebook.field_aliases = aliases.collect();
            (codebook.id_schemes, codebook.lacks_id_schemes) =
                read_schemes(&opened, text.file, &mut reader);
            let scales = self.scales(&codebook, &choices, &mut reader);
            if let Some(policy) = opened.node_of("policy") {
                codebook.policy = read_policy(policy, text.file, scales, &mut reader);
            }
            (codebook.name, codebook.version) = (head.name.into(), head.version.into());
            codebook.doc = head.doc.map(String::from);
        }
        self.loaded.push(reader.finish(text.file, &stream));
        Ok(codebook)
    }

    /// Reads the lists of the project that nothing has asked for, and reports the files that no
    /// name leads to.
    fn project_files(&mut self) -> Result<(), ReadError> {
        for Listed { path, obstacle } in std::mem::take(&mut self.listed) {
            let name = path.strip_prefix("schema/codes/");
            let name = name.and_then(|name| name.strip_suffix(".yaml"));
            if let Some(name) = name.filter(|name| !name.contains('/')) {
                self.list(name)?;
            } else if let Some(defect) = stray(&path, obstacle) {
                self.loaded.push(FileDefects::of_file(self.files.add(path), defect));
            }
        }
        Ok(())
    }

    /// The position of the list of a name, reading it and what it extends if need be.
    pub(super) fn list(&mut self, name: &str) -> Result<Option<usize>, ReadError> {
        let mut waiting: Vec<(String, SchemaText)> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut wanted = Some(name.to_owned());
        while let Some(name) = wanted.take() {
            let known = self.position(&name).is_some() || !seen.insert(name.clone());
            if !known && let Some(text) = self.open(&format!("codes/{name}.yaml"))? {
                wanted = extended(&text, &name);
                waiting.push((name, text));
            }
        }
        while let Some((name, text)) = waiting.pop() {
            self.read(&name, &text);
        }
        Ok(self.position(name))
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// Reads a list whose base, if there is one, was read before.
    fn read(&mut self, name: &str, text: &SchemaText) {
        let mut reader = Reader::new(&());
        let stream = syntax::parse_source(&text.source);
        let root = text.root(&stream, "code list", &mut reader);
        let head = root.and_then(|root| read_list::read_head(root, name, &mut reader));
        let list = if let Some((opened, head)) = head {
            let base = head.extends.as_ref().and_then(|extends| {
                let base = self.position(&extends.value);
                if base.is_none() {
                    reader.report(extends.span, self.missing_base(name, &extends.value));
                }
                base
            });
            let limit = base.and_then(|base| self.limit_of_base(base));
            if let (Some(limit), Some(extends)) = (limit, &head.extends) {
                reader.report(extends.span, limit);
            }
            let base = base.filter(|_| limit.is_none()).map(|position| &self.lists[position]);
            let mut list =
                read_list::read_list((&opened, head), name, base, text.file, &mut reader);
            list.damaged |= limit.is_some();
            self.inherited += base.map_or(0, |base| base.entries().len());
            list
        } else {
            let mut list = CodeList::new(name, text.file);
            list.damaged = true;
            list
        };
        self.positions.insert(name.to_owned(), self.lists.len());
        self.lists.push(list);
        self.loaded.push(reader.finish(text.file, &stream));
    }

    /// The limit for which a list does not take over the codes of another.
    fn limit_of_base(&self, base: usize) -> Option<Limit> {
        let base = &self.lists[base];
        let levels = base.levels() >= Limit::ListLevels.most();
        let codes = self.inherited + base.entries().len() > Limit::InheritedCodes.most();
        levels.then_some(Limit::ListLevels).or(codes.then_some(Limit::InheritedCodes))
    }

    /// Why the list that another extends could not be read before it.
    fn missing_base(&self, list: &str, name: &str) -> SchemaDefect {
        if list == name && shipped(&format!("codes/{name}.yaml")).is_some() {
            let role = Role::ALL.into_iter().find(|role| role.default_list() == name);
            let (name, key) = (name.to_owned(), role.map(Role::as_str));
            return SchemaDefect::Fault(CodebookFault::ExtendsOwnName { name, key });
        }
        let exists = shipped(&format!("codes/{name}.yaml")).is_some()
            || matches!(self.world.read(&format!("schema/codes/{name}.yaml")), Ok(Some(_)));
        if exists {
            SchemaDefect::Fault(CodebookFault::CircularList)
        } else {
            SchemaDefect::UnknownList { written: name.to_owned(), takes_codes: false }
        }
    }

    /// The file of the project of a name, else the shipped one.
    fn open(&mut self, name: &str) -> Result<Option<SchemaText>, ReadError> {
        let path = format!("schema/{name}");
        // Where the whole folder is out of reach, that is told once, and of the codebook.
        let reaches = self.listed.iter().all(|listed| *listed.path != *"schema");
        if (reaches || name == "codebook.yaml")
            && let Some((source, defect)) = self.content(&path)
        {
            return Ok(Some(SchemaText { file: self.files.add(path), source, defect }));
        }
        let Some(text) = shipped(name) else {
            return Ok(None);
        };
        let file = self.files.add(shipped_path(name));
        Ok(Some(SchemaText { file, source: SourceText::decode(text.into()), defect: None }))
    }

    /// The text of a file of the project, if there is one, or an empty one and why it is not read.
    fn content(&self, path: &str) -> Option<(SourceText, Option<FileDefect>)> {
        let lost = |defect| Some((SourceText::decode(Vec::new()), Some(defect)));
        let listed = self.listed.iter().find(|listed| *listed.path == *path);
        if let Some(obstacle) = listed.and_then(|listed| listed.obstacle.clone()) {
            return lost(obstacle.into());
        }
        match self.world.read(path) {
            Ok(bytes) => Some((SourceText::decode(bytes?), None)),
            Err(error) => lost(FileDefect::Unreadable(Obstacle::Unreadable(error.reason))),
        }
    }
}

/// The list that a list says it extends.
fn extended(text: &SchemaText, name: &str) -> Option<String> {
    let stream = syntax::parse_source(&text.source);
    let mut reader = Reader::new(&());
    let root = reader.only_root(&stream)?;
    let (_, head) = read_list::read_head(root, name, &mut reader)?;
    Some(head.extends?.value.into())
}

/// What is wrong with a path of `schema/` that no name leads to; `None` for what is no YAML.
fn stray(path: &str, obstacle: Option<Obstacle>) -> Option<FileDefect> {
    if matches!(path, "schema" | "schema/codebook.yaml") {
        return None;
    }
    let lower = path.to_lowercase();
    let is_yaml_like = is_yaml(&lower) || lower.contains(".yaml.") || lower.ends_with(".yaml~");
    match obstacle {
        Some(Obstacle::Hidden | Obstacle::Ignored) if !is_yaml_like => None,
        Some(obstacle) => Some(obstacle.into()),
        None => is_yaml_like.then_some(FileDefect::Unread(Unread::SchemaFile)),
    }
}
