//! A component on the page: what is coded, and who supports or opposes it.

use super::value::{counted, joined, phrase_of, precision, subject, whole};
use crate::cli::markup::{Block, Line, Phrase};
use crate::cli::show::shown::{Groups, Shown, Who, group};
use crate::cli::show::value::publisher;
use crate::dataset::{Binding, SERIES};
use crate::evidence::{
    Attribution, Effect, Relation, Supported, Weighed, WeighedComponent, WeighedStatement,
};
use crate::record::{Claim, Coded, Stance};
use crate::schema::{Component, Role};

pub(super) fn of_component(shown: &Shown<'_>, component: Component) -> Vec<Block> {
    let coded: Vec<_> = shown.coded(component).collect();
    let mut blocks: Vec<_> = coded.iter().flat_map(|weighed| of_coded(shown, weighed)).collect();
    let stated = stated(shown, component);
    let contested = shown.evidence.contested.contains(&component);
    if coded.is_empty() {
        blocks.push(heading(shown, component, "nothing is coded".into(), contested));
    } else if coded.len() > 1 && !stated.is_empty() {
        blocks.push(heading(shown, component, "besides what is coded".into(), contested));
    }
    let entries = stated.into_iter().map(|(label, lines)| Block::Entry { label, lines });
    blocks.into_iter().chain(entries).collect()
}

fn heading(shown: &Shown<'_>, component: Component, words: Phrase, contested: bool) -> Block {
    let unit = shown.unit(component).map_or_else(String::new, |unit| format!(" ({unit})"));
    let name = shown.binding().codebook.component_name(component);
    let phrase = Phrase::new().strong(name).plain(unit).plain(": ").then(words);
    let contested = contested.then(|| Phrase::new().alert("contested"));
    Block::Heading(phrase.and(", ", contested))
}

fn of_coded(shown: &Shown<'_>, weighed: &WeighedComponent<'_>) -> Vec<Block> {
    let (binding, component) = (shown.binding(), weighed.component);
    let value = weighed.coded.map(|coded| &coded.value.value);
    let what = match value {
        Some(value) => phrase_of(binding, component, value),
        None => Phrase::from("that something happened, there and then"),
    };
    let certainty = match (weighed.certainty, &weighed.supported) {
        (Some(level), _) => Some(Phrase::new().strong(shown.code(Role::Certainty, level))),
        (None, Some(_)) => Some(Phrase::new().alert("certainty not coded")),
        (None, None) => None,
    };
    let is_undirected =
        |coded: &&Coded| component == Component::Action && binding.is_undirected(coded);
    let undirected = weighed.coded.filter(is_undirected).map(|_| Phrase::from("undirected"));
    let what = what
        .and(", ", undirected)
        .and(", ", certainty)
        .and(", ", weighed.attribution.map(attribution));
    // A contested attribution says so already.
    let contested = shown.evidence.contested.contains(&component)
        && weighed.attribution != Some(Attribution::Contested);
    let mut blocks = vec![heading(shown, component, what, contested)];
    let mut push = |label, phrase: Option<Phrase>| {
        blocks.extend(phrase.map(|phrase| Block::entry(label, phrase)));
    };
    push("precision", value.and_then(|value| precision(binding, value)));
    for (name, value) in weighed.coded.into_iter().flat_map(|one| binding.participant_fields(one)) {
        push(name, Some(Phrase::new().plain(value)));
    }
    push("supported", weighed.supported.as_ref().map(|level| supported(shown, weighed, level)));
    let because = weighed.because(shown.evidence.bound).map(Phrase::from);
    let is_unexplained = weighed.excess() > Some(0);
    let no_reason = is_unexplained.then(|| Phrase::new().alert("no reason is given"));
    push("because", because.or(no_reason));
    let contesting: Vec<_> = weighed.contesting().collect();
    let Weighed { claims, origins, .. } = &weighed.supporting;
    let standing = |label, claims: &[usize], origins, effect| {
        Block::entries(label, standing(shown, weighed, claims, origins, effect))
    };
    blocks.extend(standing("supports", claims, origins, Effect::Supports));
    let origins = &weighed.opposing.origins;
    blocks.extend(standing("opposes", &contesting, origins, Effect::Opposes));
    blocks.extend(standing("denies", &weighed.denying, origins, Effect::Opposes));
    blocks
}

fn attribution(attribution: Attribution) -> Phrase {
    match attribution {
        Attribution::Unattributed => Phrase::from(attribution.as_str()),
        Attribution::Contested => Phrase::from("attribution ").alert(attribution.as_str()),
        known => Phrase::from("attribution ").plain(known.as_str()),
    }
}

/// The level that the claims support, by how many voices, and what the next level needs.
fn supported(shown: &Shown<'_>, weighed: &WeighedComponent<'_>, supported: &Supported) -> Phrase {
    let code = |level| Phrase::new().strong(shown.code(Role::Certainty, level));
    let mut phrase = supported.level.map_or_else(|| Phrase::from("no level"), code);
    phrase = match weighed.excess() {
        Some(1..) => phrase.plain(", ").alert("less than coded"),
        Some(..0) => phrase.plain(", more than coded"),
        Some(0) | None => phrase,
    };
    let Weighed { voices, origins, claimants, .. } = &weighed.supporting;
    let (voices, origins) = (counted(*voices, "voice"), counted(origins.len(), "origin"));
    let claimants = counted(claimants.len(), "claimant");
    phrase = phrase.plain(format!(", by {voices} ({origins}, {claimants})"));
    for (level, needs) in shown.lacking(weighed) {
        phrase = phrase.plain("; ").then(code(level)).plain(format!(" needs {needs}"));
    }
    phrase
}

/// Who supports or opposes a coded value, and with what words.
fn standing(
    shown: &Shown<'_>,
    weighed: &WeighedComponent<'_>,
    claims: &[usize],
    accounting: &[&str],
    effect: Effect,
) -> Vec<Line> {
    let bears = |said: &&WeighedStatement<'_>| match weighed.coded {
        Some(coded) => said.does(effect, coded),
        None => said.statement.component == weighed.component,
    };
    let voices = claims.iter().map(|at| {
        let said = shown.evidence.claims[*at].statements.iter().filter(bears);
        let said = said.filter_map(|said| exactly(shown.binding(), said, weighed));
        (*at, joined(said, ", "))
    });
    origins(shown, accounting, voices)
}

/// What a claim says, if that is more or other than the coded value.
fn exactly(
    binding: Binding<'_>,
    said: &WeighedStatement<'_>,
    weighed: &WeighedComponent<'_>,
) -> Option<Phrase> {
    let of = said.statement.component;
    let written = said.value.map(|value| binding.written(of, value));
    let coded = weighed.coded.map(|coded| binding.written(coded.component, &coded.value.value));
    let is_coded = said.relation() == Some(Relation::Same) || written == coded;
    let value = said.value.filter(|_| !is_coded).map(|value| phrase_of(binding, of, value));
    let what = match (said.statement.stance, value) {
        (Stance::Denies, Some(value)) => Phrase::from("denies ").then(value),
        (Stance::Denies, None) => Phrase::from("denies it"),
        (_, value) => value?,
    };
    let other =
        (of != weighed.component).then(|| Phrase::from(binding.codebook.component_name(of)));
    Some(other.map_or_else(Phrase::new, |other| other.plain(" ")).then(what))
}

/// The position of a claim, and what it says.
type Voice = (usize, Option<Phrase>);

/// Groups voices by origin and claimant, in the order of the record. A voice that may go back to
/// several origins is listed under the one that accounts for it.
fn origins<'p>(
    shown: &Shown<'p>,
    accounting: &[&str],
    voices: impl IntoIterator<Item = Voice>,
) -> Vec<Line> {
    let mut origins: Groups<&str, (Who<'p>, Vec<Voice>)> = Vec::new();
    for voice in voices {
        let claimants = group(&mut origins, origin_name(shown, accounting, voice.0));
        group(claimants, shown.who(voice.0)).push(voice);
    }
    let line = |(origin, claimants): (&str, Vec<(Who<'_>, Vec<Voice>)>)| Line {
        key: Some(Phrase::new().strong(origin)),
        phrase: Phrase::joined(
            claimants.iter().map(|(who, voices)| of_claimant(shown, origin, who, voices)),
            "; ",
        ),
        below: Vec::new(),
    };
    origins.into_iter().map(line).collect()
}

/// The name of the origin that accounts for a claim; if none is counted, of its first. An unknown
/// source is its own origin.
fn origin_name<'p>(shown: &Shown<'p>, accounting: &[&str], at: usize) -> &'p str {
    let weighed = &shown.evidence.claims[at];
    let accounts = weighed.origins.iter().find(|origin| accounting.contains(*origin));
    let name = accounts.or(weighed.origins.first());
    name.and_then(|origin| shown.evidence.origin_name(origin))
        .unwrap_or(&weighed.claim.source.value)
}

fn of_claimant(shown: &Shown<'_>, origin: &str, who: &Who<'_>, voices: &[Voice]) -> Phrase {
    let name = match who.anonymous {
        true => Phrase::new().plain(&*who.claimant).plain(", anonymous"),
        false if *who.claimant == *origin => Phrase::from("itself"),
        false => Phrase::new().plain(&*who.claimant),
    };
    // What it says in several claims in a row is written once, after the last.
    voices.iter().enumerate().fold(name, |phrase, (at, (claim, said))| {
        let is_last = voices.get(at + 1).is_none_or(|(_, next)| next != said);
        phrase
            .then(of_voice(shown, *claim, origin, who))
            .and(": ", said.clone().filter(|_| is_last))
    })
}

/// Where a claim is found, as far as its origin does not tell.
fn of_voice(shown: &Shown<'_>, at: usize, origin: &str, who: &Who<'_>) -> Phrase {
    let claim = shown.evidence.claims[at].claim;
    let via = claim.via.as_ref().map(|via| publisher(shown.binding(), &via.value));
    let source = publisher(shown.binding(), &claim.source.value);
    let mut phrase = Phrase::new();
    if let Some(via) = via.filter(|via| *via != origin) {
        phrase = phrase.plain(format!(", via {via}"));
    }
    if source != origin && !who.own_voice {
        phrase = phrase.plain(format!(", in {source}"));
    }
    if let Some(level) = claim.certainty {
        phrase = phrase.plain(format!(", who calls it {}", shown.code(Role::Certainty, level)));
    }
    phrase.plain(" ").reference(format!("[{}]", at + 1))
}

/// What claims say that neither supports nor opposes what is coded, and then what does not count:
/// lines by label.
fn stated(shown: &Shown<'_>, component: Component) -> Vec<(String, Vec<Line>)> {
    let mut entries: Vec<(String, Vec<Line>)> = Vec::new();
    for counted in [true, false] {
        let mut groups: Groups<(Stance, &str, Option<Phrase>), Voice> = Vec::new();
        let claims = shown.evidence.claims.iter().enumerate();
        for (at, weighed) in claims.filter(|(_, weighed)| weighed.counted == counted) {
            let said = weighed.statements.iter();
            let said = said.filter(|said| said.statement.component == component);
            for said in said.filter(|said| !counted || said.effect == Effect::Neither) {
                let (label, phrase) = of_stated(shown, weighed.claim, said);
                group(&mut groups, (said.statement.stance, label, phrase)).push((at, None));
            }
        }
        groups.sort_by_key(|((stance, ..), _)| *stance);
        for ((_, label, phrase), voices) in groups {
            let origins = origins(shown, &[], voices);
            let lines = match phrase {
                Some(phrase) => vec![Line { key: None, phrase, below: origins }],
                None => origins,
            };
            match entries.last_mut() {
                Some((before, known)) if before == label => known.extend(lines),
                _ => entries.push((label.to_owned(), lines)),
            }
        }
    }
    entries
}

/// The label and text of what a claim says besides. The label is why it does not count, or its
/// stance.
fn of_stated<'p>(
    shown: &Shown<'p>,
    claim: &'p Claim,
    said: &WeighedStatement<'p>,
) -> (&'static str, Option<Phrase>) {
    let (stance, component) = (said.statement.stance, said.statement.component);
    let about = claim.about.as_ref().map(|about| &*about.value);
    let label = match (&claim.withdrawn, about) {
        (Some(_), _) => "withdrawn",
        (None, Some(SERIES)) => "series",
        (None, Some(_)) => "about",
        (None, None) => stance.as_str(),
    };
    let value = match said.value {
        Some(value) => whole(shown.binding(), component, value),
        None if label == stance.as_str() => return (label, None),
        None if stance == Stance::Declines => Phrase::new(),
        None => "it".into(),
    };
    let about = about.filter(|_| label != "series").map(|about| subject(shown, about).plain(": "));
    let way = if stance == Stance::Says || label == stance.as_str() { "" } else { stance.as_str() };
    // The two values themselves show whether they are the same or exclude each other.
    let tells_more = matches!(said.relation(), Some(Relation::Broader | Relation::Overlapping))
        && stance != Stance::Denies;
    let relation = said.relation().filter(|_| tells_more).map(|relation| relation.as_str().into());
    let phrase = about.unwrap_or_default().plain(way).plain(" ").then(value);
    (label, Some(phrase.and(", ", relation)))
}
