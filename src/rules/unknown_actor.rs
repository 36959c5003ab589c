//! An actor that is neither registered nor a composite code.

use super::suggest::{actor_named, closest_code, code_known_as, word_fix};
use super::{Check, Rule};
use crate::dataset::{Binding, BoundEvent};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::record::Referent;
use crate::schema::{CodeList, Codebook, Composite, CompositeError, Role};
use crate::source::{FileId, Location, Span, Spanned};
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    name: "unknown-actor",
    level: Level::Error,
    page: include_str!("unknown_actor.md"),
    check: Check::Records(check_event, check_registry),
};

fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    for reference in bound.filed.event.references() {
        if reference.referent == Referent::Actor {
            check(bound.binding, bound.filed.file, reference.name, reference.span, found);
        }
    }
}

fn check_registry(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let actors = &binding.dataset.actors;
    let of_actors = actors.entries().iter().flat_map(|actor| {
        let memberships = actor.entry.member_of.iter().map(|membership| &membership.actor);
        memberships.chain(&actor.entry.distinct_from)
    });
    let sources = &binding.dataset.sources;
    let of_sources = sources.entries().iter().filter_map(|source| source.entry.of.as_ref());
    let of_actors = of_actors.map(|name| (actors.file, name));
    for (file, Spanned { value, span }) in of_actors.chain(of_sources.map(|of| (sources.file, of)))
    {
        let Some(file) = file else { continue };
        check(binding, file, value, *span, found);
    }
}

fn check(
    binding: Binding<'_>,
    file: FileId,
    written: &str,
    span: Span,
    found: &mut Vec<Diagnostic>,
) {
    if binding.resolves(Referent::Actor, written) {
        return;
    }
    let place = Location::new(file, span);
    let fault = Composite::decode(written, binding.codebook).err();
    let label = match &fault {
        Some(CompositeError::UnknownCountry(group)) => {
            format!("`{group}` is neither a country nor an international kind")
        }
        Some(CompositeError::UnknownSector(group)) => format!("`{group}` is not a sector"),
        _ => "neither in `actors.yaml` nor a composite code such as `ISRMIL`".to_owned(),
    };
    let diagnostic =
        Diagnostic::new(RULE.name, place, format!("there is no actor `{written}`")).label(label);
    if let Some(list) = several(binding, written) {
        let fix = Fix::guess(format!("did you mean several, `{list}`?"));
        found.push(diagnostic.fix(fix.replace(place, list)));
        return;
    }
    if let Some(CompositeError::UnknownCountry(group)) = &fault
        && let Some(of_unknown) = of_unknown_country(binding.codebook, written, group)
    {
        let help = format!(
            "`{group}` is a sector, which follows a country, as in `IRQ{group}`; a project whose actors have none \
             adds `{group}` to its own list of countries"
        );
        found.push(diagnostic.fix(word_fix(&of_unknown, place)).help(help));
        return;
    }
    found.push(match meant(binding, written, fault.as_ref()) {
        Some(meant) => diagnostic.fix(word_fix(&meant, place)),
        None => diagnostic.help(format!(
            "add `{written}` to `actors.yaml`, or use a composite code such as `ISRMIL`"
        )),
    });
}

/// The list that a text with commas is meant to be, if all in it are actors.
fn several(binding: Binding<'_>, written: &str) -> Option<String> {
    let mut names = written.split(',').map(str::trim);
    let all = written.contains(',') && names.all(|name| binding.resolves(Referent::Actor, name));
    all.then(|| format!("[{written}]"))
}

/// The actor that was probably meant: one whose name it is, a composite code that is spelled
/// otherwise or has one wrong group, or the nearest id.
fn meant(binding: Binding<'_>, written: &str, fault: Option<&CompositeError>) -> Option<String> {
    let codebook = binding.codebook;
    let mended = || match fault? {
        CompositeError::UnknownCountry(group) => {
            mended(written, 0, group, codebook.list(Role::Country))
        }
        CompositeError::UnknownSector(group) => {
            mended(written, group.len(), group, codebook.list(Role::Sector))
        }
        CompositeError::Shape(_) => respelled(written, codebook),
    };
    let nearest = || {
        let ids = binding.dataset.actors.ids();
        spelling::closest(written, ids).map(str::to_owned)
    };
    named(binding, written).or_else(mended).or_else(nearest)
}

/// The code of an actor of which only the sector is written, with the country that is not known.
fn of_unknown_country(codebook: &Codebook, written: &str, group: &str) -> Option<String> {
    codebook.list(Role::Sector).find(group)?;
    let unknown = &codebook.list(Role::Country).entry(codebook.unknown(Role::Country)?).code;
    let code = format!("{unknown}{written}");
    Composite::decode(&code, codebook).is_ok().then_some(code)
}

/// Letters in a group of a composite code.
const GROUP: usize = 3;

/// The composite code of what is written in small letters, with something between the groups, with a
/// sector's name after the country, or with another code of the country before the sector: `isrmil`,
/// `ISR-MIL`, `IRQARMY`, `USMIL`.
fn respelled(written: &str, codebook: &Codebook) -> Option<String> {
    let letters = written.chars().filter(|c| c.is_alphanumeric());
    let bare: String = letters.flat_map(char::to_uppercase).collect();
    if bare.len() > GROUP && Composite::decode(&bare, codebook).is_ok() {
        return Some(bare);
    }
    let (countries, sectors) = (codebook.list(Role::Country), codebook.list(Role::Sector));
    let composed = |at: usize| {
        let (country, sector) =
            bare.split_at_checked(at).filter(|(_, rest)| rest.len() >= GROUP)?;
        let country = countries.entry(code_known_as(countries, country)?);
        let sector = sectors.entry(code_known_as(sectors, sector)?);
        Some(format!("{}{}", country.code, sector.code))
    };
    composed(GROUP).or_else(|| composed(GROUP - 1))
}

/// The code with the group at `start` replaced by the nearest code of a list.
fn mended(written: &str, start: usize, group: &str, list: &CodeList) -> Option<String> {
    let nearest = list.entry(closest_code(list, group)?).code.as_ref();
    Some(format!("{}{nearest}{}", &written[..start], &written[start + group.len()..]))
}

/// The registered actor or the country whose name it is.
fn named(binding: Binding<'_>, written: &str) -> Option<String> {
    let countries = binding.codebook.list(Role::Country);
    let country =
        || code_known_as(countries, written).map(|code| countries.entry(code).code.to_string());
    actor_named(&binding.dataset.actors, written).map(str::to_owned).or_else(country)
}
