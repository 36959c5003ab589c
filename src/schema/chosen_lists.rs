//! The lists that a codebook chooses: by name, or standing in it.

use super::Field;
use super::Reader;
use super::code_list::CodeList;
use super::codebook::Codebook;
use super::defect::{CodebookFault, SchemaDefect};
use super::load::Loader;
use super::policy::Scales;
use super::read_codebook::{Choice, Choices, ReadFields};
use super::read_list;
use super::role::Role;
use crate::form::Written;
use crate::source::{FileId, Location, ReadError, Span, Spanned};

impl Loader<'_> {
    /// The lists that the policy takes its codes from. A certainty that cannot be compared with
    /// another is none.
    pub(super) fn scales(
        &self,
        codebook: &Codebook,
        choices: &Choices<'_>,
        reader: &mut Reader<'_>,
    ) -> Scales<'_> {
        let list = |role: Role| &self.lists[codebook.roles[role as usize]];
        let certainty = list(Role::Certainty);
        let chosen = choices[Role::Certainty as usize].spanned();
        if let Some(chosen) = chosen.filter(|_| !certainty.is_ranked() && !certainty.damaged) {
            reader.report(chosen.span, CodebookFault::UnrankedScale);
        }
        Scales { certainty, reliability: list(Role::SourceReliability) }
    }

    /// The positions of the lists of the roles. Those that stand in the codebook come first, so that
    /// one takes the place of the shipped list of its name, as a project's file does.
    pub(super) fn role_lists(
        &mut self,
        choices: &Choices<'_>,
        file: FileId,
        reader: &mut Reader<'_>,
    ) -> Result<[usize; Role::ALL.len()], ReadError> {
        let mut roles = Role::ALL.map(|_| None);
        for (role, choice) in Role::ALL.into_iter().zip(choices) {
            if let Some(Spanned { value: Choice::Codes(codes), span }) = choice.spanned() {
                let name = Spanned::new(role.as_str(), *span);
                let list = read_list::read_inline(name, role.is_scale(), *codes, file, reader);
                roles[role as usize] = Some(self.add_inline(list, name, reader));
            }
        }
        let mut positions = [0; Role::ALL.len()];
        for role in Role::ALL {
            positions[role as usize] = match roles[role as usize] {
                Some(position) => position,
                None => self.role_list(role, &choices[role as usize], reader)?,
            };
        }
        Ok(positions)
    }

    /// Adds a list that stands in the codebook, and returns its position. Two lists of one name would
    /// be one in the tables.
    fn add_inline(
        &mut self,
        list: CodeList,
        name: Spanned<&str>,
        reader: &mut Reader<'_>,
    ) -> usize {
        let path = format!("schema/codes/{}.yaml", name.value);
        let first = match self.position(name.value) {
            Some(position) => Some(self.lists[position].location()),
            None if self.listed.iter().any(|listed| *listed.path == *path) => {
                Some(Location::new(self.files.add(path), Span::at(0)))
            }
            None => None,
        };
        let position = self.lists.len();
        match first {
            Some(first) => {
                let name_taken = name.value.to_owned();
                reader.report(name.span, CodebookFault::TakenList { name: name_taken, first });
            }
            None => _ = self.positions.insert(name.value.to_owned(), position),
        }
        self.lists.push(list);
        position
    }

    /// The position of the list named for a role. Where that cannot be told, the shipped list
    /// takes its place as a damaged one: what it lacks is no fault of the records.
    fn role_list(
        &mut self,
        role: Role,
        chosen: &Written<Choice<'_>>,
        reader: &mut Reader<'_>,
    ) -> Result<usize, ReadError> {
        if let Some(Spanned { value: Choice::Named(name), span }) = chosen.spanned() {
            if let Some(position) = self.list(name)? {
                return Ok(position);
            }
            let written = name.to_string();
            reader.report(*span, SchemaDefect::UnknownList { written, takes_codes: true });
        }
        let default = self.list(role.default_list())?;
        let position = default.expect("the default list of a role is shipped");
        self.lists[position].damaged |= !chosen.is_absent();
        Ok(position)
    }

    /// The fields with their lists, and the names of those that cannot be read.
    pub(super) fn with_lists(
        &mut self,
        read: ReadFields<'_>,
        file: FileId,
        reader: &mut Reader<'_>,
    ) -> Result<(Vec<Field>, Vec<String>), ReadError> {
        let ReadFields { mut fields, codes, unreadable } = read;
        for (at, codes) in codes {
            let field = &mut fields[at];
            let name = Spanned::new(&*field.name, field.location.span);
            let list = read_list::read_inline(name, false, codes, file, reader);
            field.codes = Some(self.add_inline(list, name, reader));
        }
        for field in &mut fields {
            let Some(name) = &field.code_list else { continue };
            field.codes = self.list(&name.value)?;
            if field.codes.is_none() {
                let written = name.value.to_string();
                reader.report(name.span, SchemaDefect::UnknownList { written, takes_codes: true });
            }
        }
        Ok((fields, unreadable))
    }
}
