//! `manifest.json`: what a release is, for programs.

use serde_json::{Map, Value, json};

use super::Written;
use super::build_id::{GENERATOR, build_id};
use super::citation::citation;
use super::shard_label::ShardLabel;
use crate::dataset::{Binding, Published, Restricted};
use crate::record::{Person, Scope};
use crate::schema::{Codebook, Condition, Level as PolicyLevel, Policy, Role};
use crate::source::Files;

/// The version of the tables that the shipped codebook has: their names, columns and types.
/// `tests/data/contract.txt` has them; whoever changes one raises this, and says so in CHANGELOG.md.
pub const FORMAT_VERSION: u32 = 1;

/// The description of a dataset that all its files carry.
pub fn describe(published: &Published<'_>, files: &Files) -> Value {
    let Binding { codebook, dataset } = published.binding();
    let Restricted { included, .. } = published.restricted;
    let restricted_included = included && published.restricted.is_any();
    let written = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let lists = codebook.lists_in_use();
    let lists: Map<String, Value> =
        lists.map(|list| (list.name.clone(), json!(written(&list.version)))).collect();
    json!({
        "generator": GENERATOR,
        "build_id": build_id(dataset, files, restricted_included),
        "format_version": FORMAT_VERSION,
        "dataset": dataset.name,
        "title": dataset.description.title,
        "version": dataset.description.version,
        "license": dataset.description.license,
        "released": dataset.description.released,
        "url": dataset.description.url,
        "scope": dataset.description.scope.as_ref().map(|scope| self::scope(scope, codebook)),
        "citation": citation(&dataset.description),
        "codebook": written(&codebook.name),
        "codebook_version": written(&codebook.version),
        "code_lists": lists,
        "restricted_included": restricted_included,
    })
}

/// The manifest: the description, what the tables hold and what they rest on.
pub fn manifest(
    description: Value,
    published: &Published<'_>,
    (commit, files): (Option<String>, &Files),
    tables: &[Written],
    formats: &[&str],
) -> String {
    let Binding { codebook, dataset } = published.binding();
    let rows = tables.iter().map(|(table, rows)| (table.name.to_owned(), json!(rows)));
    let sources = dataset.tabulated_sources();
    let with_url = sources.iter().filter(|source| source.entry.url.is_some()).count();
    let archived = sources.iter().filter(|source| source.entry.archived.is_some()).count();
    let people = dataset.description.people.iter();
    let mut manifest = description;
    manifest["rows"] = rows.collect::<Map<_, _>>().into();
    manifest["drafts"] = json!(dataset.drafts());
    manifest["emit"] = json!(formats);
    manifest["people"] = people.map(person).collect();
    manifest["policy"] = policy(codebook);
    manifest["source"] = json!({ "repository": dataset.description.repository, "commit": commit });
    manifest["sources"] =
        json!({ "total": sources.len(), "with_url": with_url, "archived": archived });
    if let Some(shard) = dataset.shard {
        let included = published.restricted.included;
        manifest["shard"] = json!(ShardLabel::new(shard, dataset, files, included));
    }
    format!("{manifest:#}\n")
}

fn person(person: &Person) -> Value {
    json!({ "name": person.name, "role": person.role })
}

/// What the dataset covers, by the keys of a record.
fn scope(scope: &Scope, codebook: &Codebook) -> Value {
    let list = codebook.list(Role::Country);
    let countries = scope.countries.iter().map(|country| &*list.entry(country.value).code);
    json!({
        "included": scope.included,
        "period": scope.period.as_ref().map(|period| period.value.as_str()),
        "countries": countries.collect::<Vec<_>>(),
        "searched": scope.searched,
    })
}

/// What each level of certainty must rest on, for each component: a list of alternatives, as the
/// codebook writes them. Nothing without a policy.
fn policy(codebook: &Codebook) -> Value {
    if !codebook.weighs() {
        return Value::Null;
    }
    let list = codebook.list(Role::Certainty);
    let level = |level: &PolicyLevel| {
        let conditions = |conditions: &Vec<Condition>| {
            let conditions = conditions.iter().map(|one| condition(*one, codebook));
            Value::Object(conditions.collect())
        };
        let alternatives: Value = level.alternatives.iter().map(conditions).collect();
        (list.entry(level.certainty).code.to_string(), alternatives)
    };
    let components = Policy::COMPONENTS.map(|component| {
        let levels = codebook.policy.levels(component).iter().map(level);
        let name = component.core_name().unwrap_or_default();
        (name.to_owned(), Value::Object(levels.collect()))
    });
    Value::Object(components.into_iter().collect())
}

fn condition(condition: Condition, codebook: &Codebook) -> (String, Value) {
    let (key, value) = match condition {
        Condition::Voices(least) => ("voices", json!(least)),
        Condition::Named => ("named", json!(true)),
        Condition::OwnVoice(least) => ("own_voice", json!(least)),
        Condition::Admitted => ("admitted", json!(true)),
        Condition::Investigation => ("investigation", json!(true)),
        Condition::Reliability(least) => {
            ("reliability", json!(codebook.list(Role::SourceReliability).entry(least).code))
        }
        Condition::Uncontested => ("uncontested", json!(true)),
    };
    (key.to_owned(), value)
}
