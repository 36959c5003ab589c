//! The shipped code lists, held against what others know of the same codes.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{CodeEntry, CodeList, Codebook, ColumnValue, load_with_shipped};
use crate::source::{Files, Memory};
use crate::value::DatePrecision;
use rust_iso3166::{ALL, iso3166_3};

fn shipped() -> Codebook {
    load_with_shipped(&Memory::new(), &mut Files::default()).unwrap().codebook
}

fn text<'l>(list: &'l CodeList, entry: &CodeEntry, column: &str) -> Option<&'l str> {
    match list.value(list.find(&entry.code)?, column)? {
        ColumnValue::Text(text) => Some(text),
        _ => None,
    }
}

fn texts<'l>(list: &'l CodeList, entry: &CodeEntry, column: &str) -> Vec<&'l str> {
    match list.find(&entry.code).and_then(|code| list.value(code, column)) {
        Some(ColumnValue::TextList(texts)) => texts.iter().map(|text| &**text).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn countries_are_those_of_iso_3166_1() {
    let codebook = shipped();
    let list = codebook.list_named("country").unwrap();
    let in_use = |entry: &&CodeEntry| {
        let lasts = entry.valid.as_ref().is_none_or(|valid| valid.latest().is_none());
        lasts && entry.replaced_by.is_none()
    };
    let states = list
        .entries()
        .iter()
        .map(|entry| &**entry)
        .filter(|entry| text(list, entry, "kind") == Some("country"));
    let ours: BTreeMap<_, _> = states
        .filter(in_use)
        .map(|entry| (&*entry.code, text(list, entry, "alpha2").unwrap_or("no ISO code")))
        .collect();
    let mut theirs: BTreeMap<_, _> = ALL.iter().map(|code| (code.alpha3, code.alpha2)).collect();
    theirs.insert("KOS", "no ISO code");
    assert_eq!(ours, theirs);
}

/// Withdrawn codes that the list leaves out: of places where nobody lived, of one that was only
/// ever used in statistics, one that is in use again, and one that means another country elsewhere.
const LEFT_OUT: [&str; 11] =
    ["ATB", "ATF", "ATN", "BUR", "CTE", "FXX", "JTN", "MID", "NTZ", "PUS", "WAK"];

/// Codes whose state ISO counts as renamed, and which here ended without one successor: the
/// Gilbert and Ellice Islands became two states, Serbia and Montenegro ended as well, and East Timor
/// became a state.
const ENDED: [&str; 3] = ["GEL", "TMP", "YUG"];

#[test]
fn withdrawn_countries_are_those_of_iso_3166_3() {
    let codebook = shipped();
    let list = codebook.list_named("country").unwrap();
    for former in iso3166_3::ALL.iter().filter(|it| !LEFT_OUT.contains(&it.former.alpha3)) {
        let code = former.former.alpha3;
        let entry = list.entry(list.find(code).unwrap_or_else(|| panic!("{code} is missing")));
        let renamed = former.desc.starts_with("Name changed") && !ENDED.contains(&code);
        let successor = renamed.then(|| former.new_countries[0].alpha3);
        assert_eq!(entry.replaced_by.as_deref(), successor, "{code}");
        let last = entry.valid.as_ref().and_then(|valid| valid.year().or_else(|| last_year(valid)));
        assert_eq!(last.is_some(), !renamed, "{code}");
        // ISO withdraws a code some time after the state ended; of the Trust Territory, Palau
        // was the last part.
        let withdrawn = former.validity.last().copied().unwrap();
        assert!(last.is_none_or(|last| last <= withdrawn || code == "PCI"), "{code}: {last:?}");
        // Each successor is named in the definition.
        let doc = entry.doc.as_deref().unwrap_or_default();
        let named = |new: &rust_iso3166::CountryCode| doc.contains(new.alpha3);
        assert!(code == "SUN" || former.new_countries.iter().all(named), "{code}: {doc}");
    }
}

/// The code of a number or of a text in a column, for each that stands for a country; first those in use.
fn by_column(list: &CodeList, column: &str) -> BTreeMap<String, Vec<String>> {
    let mut by_value: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for entry in list.entries() {
        let value = match list.find(&entry.code).and_then(|code| list.value(code, column)) {
            Some(ColumnValue::Text(text)) => text.to_string(),
            Some(ColumnValue::Integer(number)) => number.to_string(),
            _ => continue,
        };
        assert!(entry.replaced_by.is_none(), "{} is written by another code", entry.code);
        by_value.entry(value).or_default().push(entry.code.to_string());
    }
    by_value
}

#[test]
fn numeric_codes_are_those_of_iso_3166() {
    let codebook = shipped();
    let list = codebook.list_named("country").unwrap();
    let current = ALL.iter().map(|code| (code.alpha3, code.numeric));
    let former = iso3166_3::ALL.iter().map(|it| (it.former.alpha3, it.former.numeric));
    let former = former.filter(|(code, numeric)| {
        let entry = list.find(code).map(|code| list.entry(code));
        let ended = entry.is_some_and(|entry| entry.replaced_by.is_none());
        // ATF named another territory before; Yugoslavia had two numbers.
        ended && *numeric > 0 && !["ATF", "YUG"].contains(code)
    });
    let theirs: BTreeMap<_, _> =
        current.chain(former).map(|(code, numeric)| (code, format!("{numeric:03}"))).collect();
    let numeric = |entry: &CodeEntry| text(list, entry, "numeric").map(str::to_owned);
    let ours: BTreeMap<_, _> =
        list.entries().iter().filter_map(|entry| Some((&*entry.code, numeric(entry)?))).collect();
    assert_eq!(ours, theirs);
}

/// A number that a state kept under another code: of these, all but one have ended.
#[test]
fn a_state_number_means_one_country_at_a_time() {
    let codebook = shipped();
    let list = codebook.list_named("country").unwrap();
    let shared = |column| {
        let mut by_value = by_column(list, column);
        by_value.retain(|_, codes| codes.len() > 1);
        for codes in by_value.values() {
            let entries = codes.iter().map(|code| list.entry(list.find(code).unwrap()));
            let lasting = entries
                .filter(|entry| entry.valid.as_ref().is_none_or(|valid| valid.latest().is_none()));
            assert!(lasting.count() <= 1, "{column}: {codes:?}");
        }
        by_value.into_values().map(|codes| codes.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(shared("numeric"), ["KIR GEL", "TLS TMP"]);
    assert_eq!(shared("cow"), ["SRB SCG YUG", "RUS SUN", "VNM VDR"]);
    assert_eq!(shared("gleditsch_ward"), ["SCG YUG", "RUS SUN", "VNM VDR"]);
    let [cow, gleditsch_ward] = ["cow", "gleditsch_ward"].map(|column| by_column(list, column));
    // As many as each of the two lists had states on its last day, and those of ours that ended.
    assert_eq!((cow.len(), gleditsch_ward.len()), (198, 199));
}

fn last_year(date: &crate::value::Date) -> Option<i32> {
    date.latest()?.format("%Y").to_string().parse().ok()
}

#[test]
fn date_precisions_are_those_that_dates_have() {
    let codebook = shipped();
    let list = codebook.list_named("date-precision").unwrap();
    let listed: Vec<_> = list.entries().iter().map(|entry| &*entry.code).collect();
    assert_eq!(listed, DatePrecision::ALL.map(DatePrecision::as_str));
}

#[test]
fn each_code_of_cameo_stands_under_one_of_plover() {
    let codebook = shipped();
    let [cameo, plover] = ["cameo", "plover"].map(|name| codebook.list_named(name).unwrap());
    let mut placed = BTreeSet::new();
    for entry in plover.entries() {
        for code in texts(plover, entry, "cameo") {
            assert!(cameo.find(code).is_some(), "{} has {code}", entry.code);
            assert!(placed.insert(code), "{code} is placed twice");
        }
    }
    // PLOVER drops statements and appeals, and splits the root 08 over two types.
    let dropped = |code: &str| code.starts_with("01") || code.starts_with("02") || code == "08";
    for entry in cameo.entries() {
        assert_eq!(placed.contains(&*entry.code), !dropped(&entry.code), "{}", entry.code);
        let parent = entry.parent.map(|parent| &*cameo.entry(parent).code);
        let broader = entry.code.get(..entry.code.len() - 1).filter(|code| code.len() >= 2);
        assert_eq!(parent, broader, "{}", entry.code);
    }
}

#[test]
fn an_acled_sub_event_type_has_one_event_type() {
    let codebook = shipped();
    let list = codebook.list_named("plover-events").unwrap();
    let mut types: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for entry in list.entries() {
        let [sub_event, event] = ["acled", "acled_type"].map(|column| text(list, entry, column));
        assert_eq!(sub_event.is_some(), event.is_some(), "{}", entry.code);
        types.entry(sub_event).or_default().insert(event);
    }
    assert!(types.values().all(|events| events.len() == 1), "{types:?}");
}

#[test]
fn an_unsymmetric_relation_has_an_inverse_of_its_own() {
    let codebook = shipped();
    let list = codebook.list_named("relation").unwrap();
    for entry in list.entries() {
        let symmetric = list.value(list.find(&entry.code).unwrap(), "symmetric");
        let inverse = text(list, entry, "inverse").map(|code| list.find(code).expect(code));
        assert_eq!(symmetric, Some(&ColumnValue::Boolean(inverse.is_none())), "{}", entry.code);
        if let Some(inverse) = inverse.map(|code| list.entry(code)) {
            assert_eq!(text(list, inverse, "inverse"), Some(&*entry.code));
        }
    }
}
