//! An actor that is neither registered nor a composite code.

use super::gathered::Gathered;
use super::suggest::{actor_named, code_known_as, new_entry, not_known, only_code_meant, word_fix};
use super::unknown_code::readings;
use crate::dataset::Binding;
use crate::diagnostic::{Diagnostic, Fix};
use crate::record::Referent;
use crate::schema::{Codebook, Composite, CompositeError, Role, codes_known_as};
use crate::source::{FileId, Location, Span};
use crate::value::ActorCode;
use crate::{spelling, syntax};

rule!("unknown-actor", Error, Gathered(check_all));

fn check_all(binding: Binding<'_>, gathered: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    for (file, reference) in gathered.unresolved.of(|referent| referent == Referent::Actor) {
        check(binding, file, reference.name, reference.span, found);
    }
}

fn check(
    binding: Binding<'_>,
    file: FileId,
    written: &str,
    span: Span,
    found: &mut Vec<Diagnostic>,
) {
    let place = Location::new(file, span);
    let fault = Composite::decode(written, binding.codebook).err();
    let diagnostic = Diagnostic::new(RULE.name, place, format!("there is no actor `{written}`"))
        .label(label(fault.as_ref(), binding.codebook));
    if let Some(list) = several(binding, written) {
        let fix = Fix::guess(format!("did you mean several, `{list}`?"));
        found.push(diagnostic.fix(fix.replace(place, list)));
        return;
    }
    if named(binding, written).is_none()
        && let Some(help) = not_known(binding, Referent::Actor, written)
    {
        found.push(diagnostic.help(help));
        return;
    }
    if let Some(CompositeError::UnknownCountry(group)) = &fault
        && let Some(of_unknown) = of_unknown_country(binding.codebook, written, group)
    {
        let help = format!(
            "`{group}` is a sector and needs a country before it, as in `IRQ{group}`; if your actors have no \
             country, add `{group}` to your own list of countries"
        );
        found.push(diagnostic.help(format!("did you mean `{of_unknown}`?")).help(help));
        return;
    }
    if let Some(readings) = of_several_countries(written, binding.codebook) {
        found.push(diagnostic.help(readings));
        return;
    }
    if let Some(help) = unfit_country(binding.codebook, written) {
        let entry = new_entry(binding, Referent::Actor, written);
        found.push(entry.into_iter().fold(diagnostic.help(help), Diagnostic::help));
        return;
    }
    let meant = meant(binding, written, fault.as_ref());
    if let Some(help) = joined(binding, written).filter(|_| meant.is_empty()) {
        found.push(diagnostic.help(help));
        return;
    }
    found.push(match &meant[..] {
        [only] => diagnostic.fix(word_fix(only, place)),
        [] => diagnostic.help(new_entry(binding, Referent::Actor, written).unwrap_or_else(|| {
            format!("add `{written}` to `actors.yaml`, under an id that you choose")
        })),
        several => diagnostic.help(format!("did you mean `{}`?", several.join("` or `"))),
    });
}

/// What the text is not.
fn label(fault: Option<&CompositeError>, codebook: &Codebook) -> String {
    match fault {
        Some(CompositeError::UnknownCountry(group)) => {
            format!("`{group}` is neither a country nor an international kind")
        }
        Some(CompositeError::UnknownSector(group)) => match has_sectors(codebook) {
            true => format!("`{group}` is not a sector"),
            false => {
                "no sector of this codebook is three capitals, so no code holds one".to_owned()
            }
        },
        _ => match codebook.composite_example() {
            Some(example) => {
                format!("neither in `actors.yaml` nor a composite code such as `{example}`")
            }
            None => "not in `actors.yaml`".to_owned(),
        },
    }
}

/// Whether composite codes can have sectors.
fn has_sectors(codebook: &Codebook) -> bool {
    let sectors = codebook.list(Role::Sector).entries();
    sectors.iter().any(|sector| ActorCode::parse(&sector.code).is_ok())
}

/// Why a country's code with a sector behind it is no composite code: it does not have three capitals.
fn unfit_country(codebook: &Codebook, written: &str) -> Option<String> {
    let (countries, sectors) = (codebook.list(Role::Country), codebook.list(Role::Sector));
    let mut parts = (1..written.len()).filter_map(|at| written.split_at_checked(at));
    let is_joined = |(country, sector): &(&str, &str)| {
        ActorCode::parse(country).is_err()
            && countries.find(country).is_some()
            && sectors.find(sector).is_some()
    };
    let (country, _) = parts.find(is_joined)?;
    Some(format!(
        "the codes of a composite have three capitals each, and `{country}` has not: write such codes in \
         your own list of countries, or register the actor"
    ))
}

/// The list that a text with commas was meant as, if every item is an actor.
fn several(binding: Binding<'_>, written: &str) -> Option<String> {
    let mut names = written.split(',').map(str::trim);
    let all = written.contains(',') && names.all(|name| binding.resolves(Referent::Actor, name));
    all.then(|| format!("[{written}]"))
}

/// Words and signs between several actors in one text, and whether they leave open which of these it was.
const JOINTS: [(&str, bool); 7] = [
    (" or ", true),
    (" and ", false),
    (" / ", true),
    ("/", true),
    (" & ", false),
    (";", false),
    ("+", false),
];

/// What to write instead of several actors in one text, at least one of which is known.
fn joined(binding: Binding<'_>, written: &str) -> Option<String> {
    let (joint, is_open) = JOINTS.into_iter().find(|(joint, _)| written.contains(joint))?;
    let parts: Vec<_> = written.split(joint).map(str::trim).collect();
    let known = |part: &&str| {
        let resolved = binding.resolves(Referent::Actor, part).then(|| (*part).to_owned());
        resolved.or_else(|| named(binding, part))
    };
    parts.iter().find_map(known)?;
    let names = parts.iter().map(|part| known(part).unwrap_or_else(|| (*part).to_owned()));
    let names =
        names.map(|name| syntax::text_scalar(&name).into_owned()).collect::<Vec<_>>().join(", ");
    Some(match is_open {
        true => format!(
            "if it was one or the other, code the likelier one alone, and write both into claims; if they \
             acted together, write `[{names}]`"
        ),
        false => format!("if they acted together, write `[{names}]`"),
    })
}

/// The actors that may be meant: the one with this name; else composite codes in another spelling or one
/// slip away, and the nearest id. Several are equally likely.
fn meant(binding: Binding<'_>, written: &str, fault: Option<&CompositeError>) -> Vec<String> {
    if let Some(named) = named(binding, written) {
        return vec![named];
    }
    let mut meant = match fault {
        Some(CompositeError::Shape(_) | CompositeError::UnknownCountry(_)) => {
            respelled(written, binding.codebook).into_iter().collect()
        }
        _ => Vec::new(),
    };
    let nearest = spelling::closest(written, binding.dataset.actors.near(written));
    meant.extend(composites_near(written, binding.codebook));
    meant.extend(nearest.map(str::to_owned));
    meant.retain(|one| one != written);
    meant.sort();
    meant.dedup();
    meant.truncate(OFFERED);
    meant
}

/// Most actors that a finding suggests; a longer choice helps nobody.
const OFFERED: usize = 6;

/// The composite codes with one letter added, removed or changed, or two swapped.
fn composites_near(written: &str, codebook: &Codebook) -> Vec<String> {
    let is_code = written.bytes().all(|byte| byte.is_ascii_uppercase());
    // Without sectors, what stands behind a country or kind cannot be known.
    let is_long = written.len() > GROUP + 1 && !has_sectors(codebook);
    if !is_code || is_long || !(GROUP - 1..=2 * GROUP + 1).contains(&written.len()) {
        return Vec::new();
    }
    let letters = || 'A'..='Z';
    let mut near = Vec::new();
    for at in 0..=written.len() {
        let (before, behind) = written.split_at(at);
        near.extend(letters().map(|letter| format!("{before}{letter}{behind}")));
        if let Some(rest) = behind.get(1..) {
            near.push(format!("{before}{rest}"));
            near.extend(letters().map(|letter| format!("{before}{letter}{rest}")));
        }
        if let (Some(first), Some(second)) = (behind.get(..1), behind.get(1..2)) {
            near.push(format!("{before}{second}{first}{}", &behind[2..]));
        }
    }
    near.retain(|code| Composite::decode(code, codebook).is_ok());
    near
}

/// For a sector without a country: its code with the unknown country.
fn of_unknown_country(codebook: &Codebook, written: &str, group: &str) -> Option<String> {
    codebook.list(Role::Sector).find(group)?;
    let unknown = &codebook.list(Role::Country).entry(codebook.unknown(Role::Country)?).code;
    let code = format!("{unknown}{written}");
    Composite::decode(&code, codebook).is_ok().then_some(code)
}

/// Letters in a group of a composite code.
const GROUP: usize = 3;

/// The composite code that is meant by lower-case letters (`isrmil`), a separator (`ISR-MIL`), the name
/// of a sector (`IRQARMY`) or another code of the country (`USMIL`).
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
        let country = countries.entry(only_code_meant(countries, country)?);
        let sector = sectors.entry(only_code_meant(sectors, sector)?);
        let code = format!("{}{}", country.code, sector.code);
        Composite::decode(&code, codebook).is_ok().then_some(code)
    };
    composed(GROUP).or_else(|| composed(GROUP - 1))
}

/// What a code that begins with two letters may be, where these are one country's in one scheme and
/// another's in the next: `CH`, `CHMIL`.
fn of_several_countries(written: &str, codebook: &Codebook) -> Option<String> {
    let countries = codebook.list(Role::Country);
    let (letters, rest) = written.split_at_checked(GROUP - 1)?;
    let is_code = written.bytes().all(|byte| byte.is_ascii_alphabetic());
    let sector = || only_code_meant(codebook.list(Role::Sector), rest);
    let known = codes_known_as(countries, letters);
    let is_whole = rest.is_empty() || rest.len() % GROUP == 0 && sector().is_some();
    if !is_code || known.len() < 2 || !is_whole {
        return None;
    }
    let rest = sector().map(|code| codebook.list(Role::Sector).entry(code).code.to_string());
    let rest = rest.filter(|_| written.len() >= GROUP).unwrap_or_default();
    let codes = known.iter().map(|code| format!("`{}{rest}`", countries.entry(*code).code));
    Some(format!(
        "write {}: `{letters}` may be {}",
        codes.collect::<Vec<_>>().join(" or "),
        readings(countries, &known, letters)
    ))
}

/// The registered actor or the country with this name.
fn named(binding: Binding<'_>, written: &str) -> Option<String> {
    let countries = binding.codebook.list(Role::Country);
    let known = || code_known_as(countries, written).and(only_code_meant(countries, written));
    let country = || known().map(|code| countries.entry(code).code.to_string());
    actor_named(&binding.dataset.actors, written).map(str::to_owned).or_else(country)
}
