//! Finding and loading a codebook and its lists.

use super::code_list::CodeList;
use super::codebook::Codebook;
use super::read_codebook::{self, NamedField};
use super::read_list;
use super::role::Role;
use super::shipped::{SHIPPED, shipped, shipped_path};
use super::{Field, Policy};
use crate::form::{CodebookFault, Defect, FileDefects, Reader};
use crate::source::{FileId, Files, ReadError, SourceText, Spanned, World};
use crate::syntax;

/// A codebook, and what was found wrong in its files.
#[derive(Debug)]
pub struct LoadedCodebook {
    /// The codebook, as far as it could be read.
    pub codebook: Codebook,
    /// Every file of it, with its defects.
    pub files: Vec<FileDefects>,
}

/// Loads the project's codebook, or the shipped one where the project has none.
///
/// A list is looked up by name in the project's `schema/codes`, then among the shipped ones; every
/// list of the project is checked, also one that nothing uses. `taken` says which names an extra
/// field cannot have.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn load(
    world: &dyn World,
    files: &mut Files,
    taken: &dyn Fn(&str) -> bool,
) -> Result<LoadedCodebook, ReadError> {
    let mut loader = Loader { world, files, lists: Vec::new(), loaded: Vec::new() };
    let codebook = loader.codebook(taken)?;
    loader.project_lists()?;
    Ok(loader.finish(codebook))
}

/// Loads what [`load`] does and every shipped list, also one that nothing uses: for looking codes
/// up, not for reading records.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn load_with_shipped(
    world: &dyn World,
    files: &mut Files,
    taken: &dyn Fn(&str) -> bool,
) -> Result<LoadedCodebook, ReadError> {
    let mut loader = Loader { world, files, lists: Vec::new(), loaded: Vec::new() };
    let codebook = loader.codebook(taken)?;
    loader.project_lists()?;
    loader.shipped_lists()?;
    Ok(loader.finish(codebook))
}

struct Loader<'w> {
    world: &'w dyn World,
    files: &'w mut Files,
    lists: Vec<CodeList>,
    loaded: Vec<FileDefects>,
}

/// A file of the schema: the project's own, or a shipped one.
struct SchemaText {
    file: FileId,
    source: SourceText,
}

impl Loader<'_> {
    fn codebook(&mut self, taken: &dyn Fn(&str) -> bool) -> Result<Codebook, ReadError> {
        let text = self.open("codebook.yaml")?.expect("a codebook is shipped");
        let mut reader = Reader::new(&());
        let stream = syntax::parse_source(&text.source);
        let root = reader.only_root(&stream);
        let head = root.and_then(|root| read_codebook::read_head(root, &mut reader));
        let mut codebook = Codebook::default();
        for role in Role::ALL {
            let chosen = head.as_ref().and_then(|head| head.lists[role as usize].as_ref());
            codebook.roles[role as usize] = self.role_list(role, chosen, &mut reader)?;
        }
        if let Some(head) = head {
            let (fields, unreadable) =
                read_codebook::read_fields(&head, text.file, taken, &mut reader);
            codebook.unreadable_fields = unreadable;
            codebook.fields = self.with_lists(fields, &mut reader)?;
            codebook.policy = self.policy(&head, &codebook, text.file, &mut reader);
            (codebook.name, codebook.version, codebook.doc) = (head.name, head.version, head.doc);
        }
        self.loaded.push(reader.finish(text.file, &stream));
        Ok(codebook)
    }

    fn policy(
        &self,
        head: &read_codebook::CodebookHead<'_>,
        codebook: &Codebook,
        file: FileId,
        reader: &mut Reader<'_, ()>,
    ) -> Policy {
        let list = |role: Role| &self.lists[codebook.roles[role as usize]];
        read_codebook::read_policy(
            head,
            file,
            list(Role::Certainty),
            list(Role::SourceReliability),
            reader,
        )
    }

    fn role_list(
        &mut self,
        role: Role,
        chosen: Option<&Spanned<Box<str>>>,
        reader: &mut Reader<'_, ()>,
    ) -> Result<usize, ReadError> {
        let name = chosen.map_or(role.default_list(), |chosen| &chosen.value);
        if let Some(position) = self.list(name)? {
            return Ok(position);
        }
        if let Some(chosen) = chosen {
            reader.report(chosen.span, Defect::UnknownList { written: name.to_owned() });
        }
        Ok(self.list(role.default_list())?.expect("the default list of a role is shipped"))
    }

    fn with_lists(
        &mut self,
        fields: Vec<NamedField>,
        reader: &mut Reader<'_, ()>,
    ) -> Result<Vec<Field>, ReadError> {
        let mut linked = Vec::with_capacity(fields.len());
        for (mut field, codes) in fields {
            if let Some(codes) = codes {
                field.codes = self.list(&codes.value)?;
                if field.codes.is_none() {
                    let written = codes.value.to_string();
                    reader.report(codes.span, Defect::UnknownList { written });
                }
            }
            linked.push(field);
        }
        Ok(linked)
    }

    /// Reads the lists of the project that nothing has asked for.
    fn project_lists(&mut self) -> Result<(), ReadError> {
        for path in self.world.list("schema/codes")? {
            if let Some(name) =
                path.strip_prefix("schema/codes/").and_then(|name| name.strip_suffix(".yaml"))
            {
                self.list(name)?;
            }
        }
        Ok(())
    }

    /// Reads the shipped lists that nothing has asked for.
    fn shipped_lists(&mut self) -> Result<(), ReadError> {
        for (path, _) in SHIPPED {
            if let Some(name) =
                path.strip_prefix("codes/").and_then(|name| name.strip_suffix(".yaml"))
            {
                self.list(name)?;
            }
        }
        Ok(())
    }

    fn finish(self, codebook: Codebook) -> LoadedCodebook {
        LoadedCodebook { codebook: Codebook { lists: self.lists, ..codebook }, files: self.loaded }
    }

    /// The position of the list of a name, reading it and what it extends if need be.
    fn list(&mut self, name: &str) -> Result<Option<usize>, ReadError> {
        let mut waiting: Vec<(String, SchemaText)> = Vec::new();
        let mut wanted = Some(name.to_owned());
        while let Some(name) = wanted.take() {
            let known =
                self.position(&name).is_some() || waiting.iter().any(|(other, _)| *other == name);
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

    fn position(&self, name: &str) -> Option<usize> {
        self.lists.iter().position(|list| list.name == name)
    }

    /// Reads a list whose base, if there is one, was read before.
    fn read(&mut self, name: &str, text: &SchemaText) {
        let mut reader = Reader::new(&());
        let stream = syntax::parse_source(&text.source);
        let root = reader.only_root(&stream);
        let head = root.and_then(|root| read_list::read_head(root, name, &mut reader));
        let list = if let Some(head) = head {
            let base = head.extends.as_ref().and_then(|extends| {
                let base = self.position(&extends.value);
                if base.is_none() {
                    reader.report(extends.span, self.missing_base(&extends.value));
                }
                base
            });
            let base = base.map(|position| &self.lists[position]);
            read_list::read_list(&head, name, base, text.file, &mut reader)
        } else {
            let mut list = CodeList::new(name, text.file);
            list.damaged = true;
            list
        };
        self.lists.push(list);
        self.loaded.push(reader.finish(text.file, &stream));
    }

    /// Why a base was not read before the list that extends it.
    fn missing_base(&self, name: &str) -> Defect {
        let exists = shipped(&format!("codes/{name}.yaml")).is_some()
            || matches!(self.world.read(&format!("schema/codes/{name}.yaml")), Ok(Some(_)));
        if exists {
            Defect::CodebookFault(CodebookFault::CircularList)
        } else {
            Defect::UnknownList { written: name.to_owned() }
        }
    }

    fn open(&mut self, name: &str) -> Result<Option<SchemaText>, ReadError> {
        let path = format!("schema/{name}");
        if let Some(bytes) = self.world.read(&path)? {
            return Ok(Some(SchemaText {
                file: self.files.add(path),
                source: SourceText::decode(bytes),
            }));
        }
        let Some(text) = shipped(name) else {
            return Ok(None);
        };
        let file = self.files.add(shipped_path(name));
        Ok(Some(SchemaText { file, source: SourceText::decode(text.into()) }))
    }
}

/// The list that a list says it extends.
fn extended(text: &SchemaText, name: &str) -> Option<String> {
    let stream = syntax::parse_source(&text.source);
    let mut reader = Reader::new(&());
    let root = reader.only_root(&stream)?;
    let head = read_list::read_head(root, name, &mut reader)?;
    Some(head.extends?.value.into())
}
