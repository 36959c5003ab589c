//! Evidence as JSON; `docs/show.md` describes its keys.
//!
//! Codes and components are positions in the codebook, so the types of `evidence` cannot serialise
//! themselves: here the codebook gives each its name.

use serde_json::{Map, Value as Json, json};

use super::shown::Shown;
use super::value::label;
use super::words;
use crate::dataset::{Binding, BoundEvent};
use crate::evidence::{
    Attribution, Relation, Weighed, WeighedClaim, WeighedComponent, WeighedStatement,
};
use crate::record::{Allow, Coded, Coding, Location, RelatedEvent, SchemeId, Value};
use crate::schema::{Code, Component, Role};
use crate::source::Spanned;
use crate::value::Date;

/// One JSON object.
pub(super) fn of(events: &[Shown<'_>]) -> Json {
    json!({ "events": events.iter().map(event).collect::<Vec<_>>() })
}

pub(super) fn event(shown: &Shown<'_>) -> Json {
    let evidence = &shown.evidence;
    let BoundEvent { binding, filed } = evidence.bound;
    let event = &filed.event;
    let first = |component| {
        let coded = event.coded(component).first()?;
        Some(value(binding, component, &coded.value.value))
    };
    let [errors, warnings, infos] = shown.findings;
    let ids = |of: &Spanned<SchemeId>| {
        (binding.codebook.id_schemes[of.value.scheme].name.clone(), Json::from(&*of.value.id))
    };
    let name = |component: &Component| binding.codebook.component_name(*component);
    json!({
        "id": filed.id(),
        "dataset": binding.dataset.name,
        "coder": filed.coder(),
        "file": shown.file,
        "line": event.line,
        "title": event.title,
        "date": first(Component::Date),
        "time": first(Component::Time),
        "location": first(Component::Location),
        "summary": event.summary,
        "ids": event.ids.iter().map(ids).collect::<Map<_, _>>(),
        "coding": event.coding.as_ref().map(coding),
        "findings": { "errors": errors, "warnings": warnings, "infos": infos },
        "intact": event.intact,
        "counts": {
            "claims": evidence.claims.len(),
            "counted": evidence.counted().count(),
            "sources": shown.n_sources(),
            "claimants": evidence.n_claimants(),
            "origins": evidence.n_origins(),
            "denials": evidence.n_denials(),
        },
        "undirected": evidence.bound.is_undirected(),
        "contested": evidence.contested.iter().map(name).collect::<Vec<_>>(),
        "components": list(&shown.components, |one| component(shown, *one)),
        "sources": list(shown.sources(), |(id, claims)| source(shown, id, &claims)),
        "related": list(&event.related, |one| related(shown, one)),
        "allow": list(&event.allow, allow),
    })
}

fn list<T>(items: impl IntoIterator<Item = T>, of: impl Fn(T) -> Json) -> Json {
    items.into_iter().map(of).collect()
}

fn coding(coding: &Coding) -> Json {
    json!({
        "by": coding.by.as_ref().map(|by| &by.value),
        "date": coding.date.as_ref().map(|on| date(&on.value)),
        "status": coding.status.map(|status| status.as_str()),
    })
}

fn related(shown: &Shown<'_>, related: &RelatedEvent) -> Json {
    json!({
        "relation": code(shown.binding(), Role::Relation, Some(related.relation)),
        "event": related.event.value,
        "title": shown.title_of(related),
    })
}

fn allow(allow: &Allow) -> Json {
    json!({ "rule": allow.rule.value, "because": allow.because, "until": date(&allow.until.value) })
}

fn component(shown: &Shown<'_>, component: Component) -> Json {
    json!({
        "name": shown.binding().codebook.component_name(component),
        "unit": shown.unit(component),
        "contested": shown.evidence.contested.contains(&component),
        "coded": list(shown.coded(component), |weighed| coded(shown, weighed)),
    })
}

fn coded(shown: &Shown<'_>, weighed: &WeighedComponent<'_>) -> Json {
    let binding = shown.binding();
    let level = |level| code(binding, Role::Certainty, level);
    let value = |coded: &Coded| value(binding, coded.component, &coded.value.value);
    let lacking = list(
        shown.lacking(weighed),
        |(lacking, needs)| json!({ "level": level(Some(lacking)), "needs": needs }),
    );
    let supported = weighed.supported.as_ref().map(|supported| {
        json!({
            "level": level(supported.level),
            "excess": weighed.excess(),
            "lacking": lacking,
        })
    });
    json!({
        "value": weighed.coded.map(value),
        "fields": weighed.coded.map(|coded| fields(binding, coded)),
        "certainty": level(weighed.certainty),
        "attribution": weighed.attribution.map(Attribution::as_str),
        "supported": supported,
        "because": weighed.because(shown.evidence.bound),
        "supporting": claims(shown, &weighed.supporting),
        "opposing": claims(shown, &weighed.opposing),
        "denying": positions(&weighed.denying),
    })
}

/// The extra fields of an actor or target: the values of each, as a record writes them.
fn fields(binding: Binding<'_>, coded: &Coded) -> Json {
    let mut fields = Map::new();
    for (name, value) in binding.participant_fields(coded) {
        let values = fields.entry(name).or_insert_with(|| json!([]));
        values.as_array_mut().into_iter().for_each(|values| values.push(json!(value)));
    }
    Json::Object(fields)
}

fn claims(shown: &Shown<'_>, weighed: &Weighed<'_>) -> Json {
    json!({
        "claims": positions(&weighed.claims),
        "voices": weighed.voices,
        "origins": list(&weighed.origins, |origin| json!(shown.evidence.origin_name(origin))),
        "claimants": list(&weighed.claimants, |claimant| json!(claimant.to_string())),
    })
}

/// Positions in the record, from 1.
fn positions(claims: &[usize]) -> Json {
    list(claims, |at| json!(at + 1))
}

fn source(shown: &Shown<'_>, id: &str, claims: &[usize]) -> Json {
    let binding = shown.binding();
    let entry = binding.source(id);
    let cites = entry.map_or(&[][..], |entry| &entry.cites);
    let mut source = source_name(binding, id);
    source["title"] = json!(entry.and_then(|entry| entry.title.as_ref()));
    source["date"] = json!(entry.and_then(|entry| Some(date(&entry.date.as_ref()?.value))));
    source["url"] = json!(entry.and_then(|entry| entry.url.as_ref()));
    source["reliability"] =
        code(binding, Role::SourceReliability, entry.and_then(|entry| entry.reliability));
    source["cites"] = list(cites, |cited| source_name(binding, &cited.value));
    source["claims"] = list(claims, |at| claim(shown, *at));
    source
}

fn source_name(binding: Binding<'_>, id: &str) -> Json {
    json!({ "source": id, "publisher": binding.source(id).map(|entry| &entry.publisher) })
}

fn claim(shown: &Shown<'_>, at: usize) -> Json {
    let binding = shown.binding();
    let weighed: &WeighedClaim<'_> = &shown.evidence.claims[at];
    let (claim, who) = (weighed.claim, shown.who(at));
    json!({
        "claim": at + 1,
        "claimant": who.claimant,
        "actor": who.actor,
        "anonymous": who.anonymous,
        "own_voice": who.own_voice,
        "via": claim.via.as_ref().map(|via| source_name(binding, &via.value)),
        "date": claim.date.as_ref().map(|on| date(&on.value)),
        "certainty": code(binding, Role::Certainty, claim.certainty),
        "about": claim.about.as_ref().map(|about| {
            json!({ "about": about.value, "name": shown.subject(&about.value) })
        }),
        "withdrawn": claim.withdrawn.as_ref().map(|withdrawn| {
            json!({ "date": withdrawn.date.as_ref().map(|on| date(&on.value)) })
        }),
        "counted": weighed.counted,
        "origins": list(&weighed.origins, |origin| json!(shown.evidence.origin_name(origin))),
        "said": list(&weighed.statements, |one| said(binding, one)),
        "note": claim.note,
        "line": claim.line,
    })
}

fn said(binding: Binding<'_>, said: &WeighedStatement<'_>) -> Json {
    let component = said.statement.component;
    let written = |coded: &&Coded| json!(binding.written(coded.component, &coded.value.value));
    json!({
        "component": binding.codebook.component_name(component),
        "stance": said.statement.stance.as_str(),
        "value": said.value.map(|said| value(binding, component, said)),
        "relation": said.relation().map(Relation::as_str),
        "effect": said.effect.as_str(),
        "bears_on": list(&said.coded, written),
        "agentless": said.agentless,
    })
}

fn value(binding: Binding<'_>, component: Component, value: &Value) -> Json {
    let mut json = json!({
        "type": type_of(value),
        "value": binding.written(component, value),
        "label": label(binding, component, value),
    });
    if let Value::Location(location) = value {
        json["place"] = place(binding, location);
    }
    json
}

fn place(binding: Binding<'_>, location: &Location) -> Json {
    let place = binding.place(location);
    json!({
        "name": place.name,
        "admin1": place.admin1,
        "country": code(binding, Role::Country, place.country),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": code(binding, Role::LocationPrecision, place.precision),
        "radius_m": place.radius,
    })
}

fn date(date: &Date) -> Json {
    json!({ "type": "date", "value": date.as_str(), "label": words::of_date(date) })
}

/// A code of the list that has a role.
fn code(binding: Binding<'_>, role: Role, code: Option<Code>) -> Json {
    json!(code.map(|code| {
        let entry = binding.codebook.list(role).entry(code);
        json!({ "code": entry.code, "label": entry.label })
    }))
}

const fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Code(_) => "code",
        Value::Actor(_) => "actor",
        Value::Location(_) => "location",
        Value::Place(_) => "place",
        Value::Source(_) => "source",
        Value::Date(_) => "date",
        Value::DateTime(_) => "datetime",
        Value::Url(_) => "url",
        Value::Time(_) => "time",
        Value::Range(_) => "range",
        Value::Integer(_) => "integer",
        Value::Number(_) => "number",
        Value::Boolean(_) => "boolean",
        Value::Text(_) => "text",
    }
}
