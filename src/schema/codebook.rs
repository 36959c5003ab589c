//! The codebook of a project.

use std::collections::BTreeMap;

use super::{Code, CodeList, Component, Field, FieldOn, IdScheme, Policy, Role};
use crate::form::common_name;
use crate::source::{Files, Location};
use crate::spelling;
use std::sync::Arc;

/// What may be written and how it is coded.
#[derive(Debug)]
pub struct Codebook {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it is for.
    pub doc: Option<String>,
    /// Every list that was read, each once; a list may stand here that nothing uses.
    pub lists: Arc<Vec<CodeList>>,
    /// The names of fields, by what else people call them.
    pub(super) field_aliases: BTreeMap<String, String>,
    /// Other datasets whose ids an event may bear, in column order.
    pub id_schemes: Vec<IdScheme>,
    /// Whether text was lost, so that an id scheme that seems undeclared may be declared after all.
    pub lacks_id_schemes: bool,
    /// The names of fields that are declared but could not be read. Values that records give for
    /// them are ignored.
    pub unreadable_fields: Vec<String>,
    /// Whether text was lost, so that a field that seems undeclared may be declared after all.
    pub lacks_fields: bool,
    /// What a level of certainty must rest on.
    pub policy: Policy,
    /// For each role, in the order of [`Role::ALL`], the position of its list.
    pub(super) roles: [usize; Role::ALL.len()],
    /// The extra fields by what has them, in the order of [`FieldOn::ALL`], each in column order. A
    /// component is a position among those of events.
    pub(super) fields: [Vec<Field>; FieldOn::ALL.len()],
}

impl Codebook {
    /// The list chosen for a role.
    pub fn list(&self, role: Role) -> &CodeList {
        &self.lists[self.roles[role as usize]]
    }

    /// The lists that a role or a field uses, each once.
    pub fn lists_in_use(&self) -> impl Iterator<Item = &CodeList> {
        let used = |position: &usize| {
            let of_field = || self.all_fields().any(|field| field.codes == Some(*position));
            self.roles.contains(position) || of_field()
        };
        (0..self.lists.len()).filter(used).map(|position| &self.lists[position])
    }

    /// The list of a name.
    pub fn list_named(&self, name: &str) -> Option<&CodeList> {
        self.lists.iter().find(|list| list.name == name)
    }

    /// The extra fields that something has, in column order.
    pub fn fields(&self, on: FieldOn) -> &[Field] {
        &self.fields[on as usize]
    }

    /// The keys that something has beside those of its form: its fields, then those that are declared
    /// and could not be read, which may be meant for anything.
    pub fn field_keys(&self, on: FieldOn) -> Vec<&str> {
        let readable = self.fields(on).iter().map(|field| &field.name);
        readable.chain(&self.unreadable_fields).map(String::as_str).collect()
    }

    /// The extra fields of everything.
    pub fn all_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().flatten()
    }

    /// Takes fields in, in column order.
    pub(super) fn add_fields(&mut self, fields: Vec<Field>) {
        for field in fields {
            self.fields[field.on as usize].push(field);
        }
    }

    /// The extra field of a position among those of events.
    pub fn field(&self, position: u16) -> &Field {
        &self.fields(FieldOn::Event)[usize::from(position)]
    }

    /// The extra field of a name, whatever has it.
    pub fn field_named(&self, name: &str) -> Option<&Field> {
        self.all_fields().find(|field| field.name == name)
    }

    /// The list that a code field uses; `None` for a field of another type.
    pub fn field_list(&self, field: &Field) -> Option<&CodeList> {
        Some(&self.lists[field.codes?])
    }

    /// The component of a name: a core one or an extra field.
    pub fn component(&self, name: &str) -> Option<Component> {
        let core =
            Component::CORE.into_iter().find(|component| component.core_name() == Some(name));
        let fields = self.fields(FieldOn::Event);
        let field = || fields.iter().position(|field| field.name == name);
        core.or_else(|| Some(Component::Field(u16::try_from(field()?).ok()?)))
    }

    /// The name of a component.
    pub fn component_name(&self, component: Component) -> &str {
        match component {
            Component::Field(position) => &self.field(position).name,
            core => core.core_name().unwrap_or_default(),
        }
    }

    /// The field that people also call `written`.
    pub fn field_called(&self, written: &str) -> Option<&str> {
        let name = self.field_aliases.get(&common_name(written))?;
        self.field_named(name).map(|field| &*field.name)
    }

    /// The names of all components, core ones first.
    pub fn component_names(&self) -> impl Iterator<Item = &str> {
        let core = Component::CORE.into_iter().filter_map(Component::core_name);
        let fields = self.fields(FieldOn::Event).iter();
        core.map(|name: &str| name).chain(fields.map(|field| field.name.as_str()))
    }

    /// Whether a name is that of a field that is declared and could not be read.
    pub fn is_unreadable(&self, name: &str) -> bool {
        self.unreadable_fields.iter().any(|field| field == name)
    }

    /// Removes a field that no table can have. Values that records give for it are ignored.
    pub(super) fn withdraw_field(&mut self, declared: Location) {
        for fields in &mut self.fields {
            let position = fields.iter().position(|field| field.location == declared);
            self.unreadable_fields.extend(position.map(|at| fields.remove(at).name));
        }
    }

    /// The codebook without its restricted fields.
    pub fn without_restricted(&self) -> Self {
        let of = |fields: &Vec<Field>| {
            let open = |name: &str| fields.iter().all(|one| one.name != name || !one.restricted);
            let fields = fields.iter().filter(|field| !field.restricted).cloned();
            let fields = fields.map(|field| {
                let part_of = field.part_of.filter(|whole| open(&whole.value));
                Field { part_of, ..field }
            });
            fields.collect()
        };
        Self {
            name: self.name.clone(),
            version: self.version.clone(),
            doc: self.doc.clone(),
            lists: Arc::clone(&self.lists),
            field_aliases: self.field_aliases.clone(),
            id_schemes: self.id_schemes.clone(),
            lacks_id_schemes: self.lacks_id_schemes,
            unreadable_fields: Vec::new(),
            lacks_fields: self.lacks_fields,
            policy: self.policy.clone(),
            roles: self.roles,
            fields: self.fields.each_ref().map(of),
        }
    }

    /// The component name nearest to what was written.
    pub fn closest_component(&self, written: &str) -> Option<&str> {
        spelling::closest(written, self.component_names())
    }

    /// Whether claims are weighed: whether there is a policy that says what a level must rest on.
    pub fn weighs(&self) -> bool {
        !self.policy.is_empty()
    }

    /// The code of a role's list that means "not known", if it has one.
    pub fn unknown(&self, role: Role) -> Option<Code> {
        let list = self.list(role);
        list.codes().find(|code| list.entry(*code).unknown)
    }
}

impl Default for Codebook {
    /// A codebook without codes: each role has a list, and every list is empty.
    fn default() -> Self {
        let file = Files::default().add("");
        let lists = Role::ALL.map(|role| CodeList::new(role.default_list(), file));
        Self {
            name: String::new(),
            version: String::new(),
            doc: None,
            lists: Arc::new(lists.into()),
            field_aliases: BTreeMap::new(),
            id_schemes: Vec::new(),
            lacks_id_schemes: false,
            unreadable_fields: Vec::new(),
            lacks_fields: false,
            policy: Policy::default(),
            roles: Role::ALL.map(|role| role as usize),
            fields: FieldOn::ALL.map(|_| Vec::new()),
        }
    }
}
