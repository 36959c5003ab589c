//! The schema of a mapping.

use serde_json::{Map, Value, json};

use super::{Builder, described};
use crate::form::Form;
use crate::record::{Claim, Stance};
use crate::schema::{CodeEntry, FieldOn};

impl Builder<'_> {
    /// A mapping with the keys of a form.
    pub(super) fn object(&mut self, form: &'static Form) -> Value {
        let on = FieldOn::of_form(form);
        let mut properties = Map::new();
        let mut required = Vec::new();
        let mut dependencies = Map::new();
        for key in form.keys {
            let value = self.kind(&(key.kind)());
            properties.insert(key.name.to_owned(), described(key.name, key.doc, value));
            required.extend(key.required.then_some(key.name));
            if !key.beside.is_empty() {
                dependencies.insert(key.name.to_owned(), json!(key.beside));
            }
        }
        if let Some(on) = on {
            properties.extend(self.fields(on));
            let fields = self.codebook.fields(on).iter().filter(|field| field.required);
            required.extend(fields.map(|field| field.name.as_str()));
        }
        let mut schema = json!({ "title": form.name, "type": "object", "properties": properties });
        // A code has the list's own columns beside its keys, which only its file tells. What may
        // have fields may have some whose declarations were lost.
        let is_code = form == CodeEntry::FORM;
        if !(is_code || on.is_some() && self.codebook.lacks_fields) {
            schema["additionalProperties"] = json!(false);
        }
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        if !dependencies.is_empty() {
            schema["dependencies"] = Value::Object(dependencies);
        }
        if form == Claim::FORM {
            // A claim says something in one way or another.
            let ways = Stance::ALL.map(|stance| json!({ "required": [stance.as_str()] }));
            schema["anyOf"] = json!(ways);
        }
        schema
    }
}
