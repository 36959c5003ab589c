//! A codebook and lists that are less strict than before, for the rule `weakened-check`.

use std::cmp::Ordering;

use super::cause::{Cause, Effects, untouched};
use super::removed_id::{codebook, own_place, somewhere};
use crate::dataset::Change;
use crate::diagnostic::Diagnostic;
use crate::schema::{self, Code, CodeEntry, CodeList, Field, Role, Weakened, weakened};
use crate::value::Figure;

/// The rule that these findings belong to.
pub(super) const NAME: &str = "weakened-check";

/// Finds where the schema of a project became less strict.
pub(super) fn find(change: &Change<'_>, causes: &mut Vec<Cause>) {
    causes.extend(of_policy(change));
    of_lists(change, causes);
    for was in change.before.codebook.all_fields() {
        let now = change.after.codebook.fields(was.on).iter().find(|now| now.name == was.name);
        causes.extend(now.and_then(|now| of_field(change, was, now)));
    }
}

/// The one finding about a policy, at the first level that is easier to reach.
fn of_policy(change: &Change<'_>) -> Option<Cause> {
    let (was, is) = (change.before.codebook, change.after.codebook);
    let weakened = weakened(was, is);
    let first = weakened.first()?;
    let scale = is.list(Role::Certainty);
    let place_of = |weakened: &Weakened| {
        let mut levels = is.policy.levels(weakened.component).iter();
        levels.find(|asked| asked.certainty == weakened.level).map(|asked| asked.location)
    };
    let at = weakened.iter().find_map(place_of);
    let place = at.or_else(|| codebook(change)).or_else(|| somewhere(change))?;
    let mut levels: Vec<_> = weakened.iter().map(|weakened| weakened.level).collect();
    levels.sort();
    levels.dedup();
    let levels: Vec<_> =
        levels.iter().map(|code| format!("`{}`", scale.entry(*code).code)).collect();
    let mut components: Vec<_> =
        weakened.iter().map(|weakened| is.component_name(weakened.component)).collect();
    components.dedup();
    let message = match weakened.iter().all(|weakened| weakened.component == first.component) {
        true => format!(
            "the policy asks less for {} of {} than before",
            levels.join(", "),
            components[0]
        ),
        false => format!("the policy asks less for {} than before", levels.join(", ")),
    };
    let finding = Diagnostic::new(NAME, place, message)
        .label("fewer or different conditions")
        .help("say in the change why; records with too high a certainty may now pass");
    let records = change.datasets.iter().flat_map(|revised| untouched(revised, |_| true));
    Some(Cause { finding, effects: Effects::Evidence(records.collect()) })
}

/// Adds findings about lists that replace a shipped one, lists that a role no longer uses, and codes with
/// another meaning.
fn of_lists(change: &Change<'_>, causes: &mut Vec<Cause>) {
    let (before, after) = (change.before, change.after);
    for list in after.codebook.lists.iter() {
        let is_own = !schema::is_shipped(after.files.path(list.file));
        let was = before.codebook.list_named(&list.name);
        let was_own = was.is_some_and(|was| !schema::is_shipped(before.files.path(was.file)));
        if is_own && !was_own && schema::shipped_lists().any(|name| name == list.name) {
            causes.push(Cause::alone(
                NAME,
                list.location(),
                format!("this list replaces the shipped list `{}`", list.name),
                "every record now uses it".to_owned(),
                "give it another name and `extends`, and choose it in the codebook; or say in the \
                 change how it differs",
            ));
        }
        if let Some(was) = was {
            of_codes(change, was, list, causes);
        }
    }
    for role in Role::ALL {
        let (was, is) = (before.codebook.list(role), after.codebook.list(role));
        if was.name != is.name
            && let Some(place) = codebook(change)
        {
            causes.push(Cause::alone(
                NAME,
                place,
                format!(
                    "the list for `{}` changed from `{}` to `{}`",
                    role.as_str(),
                    was.name,
                    is.name
                ),
                "every record now uses it".to_owned(),
                "say in the change how the lists differ",
            ));
        }
    }
}

fn of_codes(change: &Change<'_>, was: &CodeList, is: &CodeList, causes: &mut Vec<Cause>) {
    for code in was.codes() {
        let old = was.entry(code);
        let Some(now) = is.find(&old.code) else { continue };
        let new = is.entry(now);
        let parent = |list: &CodeList, code: Code| {
            list.entry(code).parent.map_or_else(
                || "none".to_owned(),
                |parent| format!("`{}`", list.entry(parent).code),
            )
        };
        let rank = |list: &CodeList, code: Code| {
            list.rank(code).map_or_else(|| "none".to_owned(), |rank| rank.to_string())
        };
        let meaning = |entry: &CodeEntry| {
            let meaning = match (entry.unknown, entry.agentless, entry.undirected) {
                (true, ..) => "unknown",
                (_, true, _) => "an act of nobody",
                (_, _, true) => "an act of two sides",
                (false, false, false) => "an act of somebody",
            };
            meaning.to_owned()
        };
        let facts = [
            ("parent", parent(was, code), parent(is, now)),
            ("rank", rank(was, code), rank(is, now)),
            ("meaning", meaning(old), meaning(new)),
        ];
        let changed = facts.into_iter().find(|(_, was, is)| was != is);
        let place = own_place(change, is, new.location);
        let (Some((what, then, now)), Some(place)) = (changed, place) else { continue };
        let message = format!("the {what} of code `{}` changed from {then} to {now}", old.code);
        let finding = Diagnostic::new(NAME, place, message).help(
            "a published code keeps its meaning: add another code, and add `replaced_by` to this one",
        );
        let is_weighed = |role| change.after.codebook.list(role).name == is.name;
        let effects = match is_weighed(Role::Certainty) || is_weighed(Role::SourceReliability) {
            true => {
                let records = change.datasets.iter().flat_map(|of| untouched(of, |_| true));
                Effects::Evidence(records.collect())
            }
            false => Effects::None,
        };
        causes.push(Cause { finding, effects });
    }
}

/// The finding about a field that accepts more than before, or has another meaning.
fn of_field(change: &Change<'_>, was: &Field, now: &Field) -> Option<Cause> {
    let list = |codebook: &schema::Codebook, field: &Field| {
        codebook.field_list(field).map(|list| list.name.clone())
    };
    let pattern = |field: &Field| field.pattern.as_ref().map(|pattern| pattern.as_str().to_owned());
    let wider = |was: Option<Figure>, now: Option<Figure>, is_wider: fn(Ordering) -> bool| {
        let order = was.zip(now).and_then(|(was, now)| now.partial_cmp(&was));
        order.map_or(was.is_some() && now.is_none(), is_wider)
    };
    let what = match () {
        () if was.field_type != now.field_type => "has a different `type` than before",
        () if list(change.before.codebook, was) != list(change.after.codebook, now) => {
            "has a different list of codes than before"
        }
        () if was.required && !now.required => "is no longer required",
        () if was.pattern.is_some() && pattern(was) != pattern(now) => {
            "has a different `pattern` than before"
        }
        () if wider(was.min, now.min, Ordering::is_lt)
            || wider(was.max, now.max, Ordering::is_gt) =>
        {
            "accepts a wider range of numbers than before"
        }
        () if was.unit.is_some() && was.unit != now.unit => "has a different unit than before",
        () if !was.list && now.list => "now accepts several values",
        () => return None,
    };
    Some(Cause::alone(
        NAME,
        now.location,
        format!("field `{}` {what}", now.name),
        "changed".to_owned(),
        "say in the change why; readers of the tables rely on the field as it was",
    ))
}
