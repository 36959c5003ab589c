//! What must hold of the weighing whatever is weighed, on made-up events through the real reader;
//! and what each condition of a policy asks for.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::OnceLock;

use crate::dataset::{self, Binding, BoundEvent, Selection};
use crate::evidence::{
    Attribution, Effect, Evidence, Position, PositionStatus, Weighed, WeighedStatement, positions,
    weigh,
};
use crate::record::Stance;
use crate::schema::{self, Codebook, Role};
use crate::source::{Files, Memory};
use crate::table;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// A made-up claim.
#[derive(Clone, Debug)]
struct Claim {
    source: usize,
    by: &'static str,
    anonymous: bool,
    via: Option<usize>,
    about: &'static str,
    withdrawn: bool,
    affirms: Vec<&'static str>,
    says: Vec<&'static str>,
    denies: &'static str,
    note: &'static str,
}

/// A made-up source: the position of its publisher, its reliability and the sources that it cites.
#[derive(Clone, Debug)]
struct Source {
    publisher: usize,
    reliability: &'static str,
    cites: Vec<usize>,
}

/// A made-up event and the sources of its claims.
#[derive(Clone, Debug)]
struct Case {
    sources: Vec<Source>,
    coded: Vec<&'static str>,
    claims: Vec<Claim>,
    /// Whether everything that has a name has another one, in the opposite order.
    renamed: bool,
}

const CODED: [&str; 7] = [
    "actor: {code: ISRMIL, certainty: possible}",
    "actor: [{code: o-1, certainty: possible}, {code: ISR, certainty: possible}]",
    "actor: UNK",
    "action: ASSAULT.drone",
    "action: ACCIDENT",
    "target: [o-0, o-2]",
    "target: IRQ",
];

fn claim(sources: usize) -> impl Strategy<Value = Claim> {
    let who = select(vec!["", "o-0", "o-1", "ISR", "ISRMIL", "USA", "someone", "p-1"]);
    let whence = (0..sources, option::weighted(0.2, 0..sources));
    let about = prop_oneof![8 => Just(""), 1 => Just("series"), 1 => Just("o-2")];
    let affirms = subsequence(vec!["event", "date", "actor", "action", "target"], 0..3);
    let says = subsequence(
        vec![
            "actor: ISR",
            "action: ASSAULT",
            "target: o-0",
            "injuries: 1..3",
            "facility: air-base",
            "location: l-0",
        ],
        0..3,
    );
    let other = option::of(select(vec![
        "actor: ISRMIL",
        "actor: [USA, o-1]",
        "actor: UNK",
        "action: ASSAULT.drone",
        "action: ACCIDENT.fire",
        "target: [o-1, IRQMIL]",
        "date: 2019-08",
        "injuries: 0",
    ]));
    let denies = prop_oneof![
        4 => Just(""),
        1 => select(vec!["[actor]", "[event]", "[action, target]", "{actor: ISR}", "{target: o-1}"])
    ];
    let manner = (who, any::<bool>(), about, prop::bool::weighted(0.1));
    (whence, manner, affirms, (says, other), denies).prop_map(
        |((source, via), (by, anonymous, about, withdrawn), affirms, (mut says, other), denies)| {
            let key = |said: &str| said.split_once(':').map(|(key, _)| key.to_owned());
            says.retain(|said| other.is_none_or(|other| key(other) != key(said)));
            says.extend(other);
            Claim {
                source,
                by,
                anonymous,
                via,
                about,
                withdrawn,
                affirms,
                says,
                denies,
                note: "Said.",
            }
        },
    )
}

fn source() -> impl Strategy<Value = (usize, &'static str, Vec<Index>)> {
    let cites = prop_oneof![2 => Just(vec![]), 1 => vec(any::<Index>(), 1..4)];
    (0..5_usize, select(vec!["", "A", "C"]), cites)
}

fn case() -> impl Strategy<Value = Case> {
    let coded =
        (select(CODED[..3].to_vec()), select(CODED[3..5].to_vec()), select(CODED[5..].to_vec()));
    (vec(source(), 2..7), coded).prop_flat_map(|(sources, (actor, action, target))| {
        // A source cites earlier ones, so that citations end.
        let cited = |at: usize, cites: &[Index]| {
            let mut cites: Vec<_> =
                cites.iter().filter(|_| at > 0).map(|to| to.index(at)).collect();
            cites.sort_unstable();
            cites.dedup();
            cites
        };
        let sources: Vec<_> = sources
            .into_iter()
            .enumerate()
            .map(|(at, (publisher, reliability, cites))| Source {
                publisher,
                reliability,
                cites: cited(at, &cites),
            })
            .collect();
        let coded = vec![actor, action, target];
        vec(claim(sources.len()), 0..8).prop_map(move |mut claims| {
            // What one source says twice in the same words is an error of the record.
            let mut seen = BTreeSet::new();
            claims.retain(|claim| seen.insert((claim.source, claim.written())));
            Case { sources: sources.clone(), coded: coded.clone(), claims, renamed: false }
        })
    })
}

impl Claim {
    fn written(&self) -> String {
        let mut text = String::new();
        let mut key = |key: &str, value: &str| {
            if !value.is_empty() {
                let _ = write!(text, "{key}: {value}, ");
            }
        };
        key("by", self.by);
        key("anonymous", if self.anonymous { "true" } else { "" });
        key("via", &self.via.map_or(String::new(), |via| format!("s-{via}")));
        key("about", self.about);
        key("withdrawn", if self.withdrawn { "true" } else { "" });
        key("affirms", &listed(&self.affirms, '[', ']'));
        key("says", &listed(&self.says, '{', '}'));
        key("denies", self.denies);
        format!("    - {{{text}note: {}}}\n", self.note)
    }
}

fn listed(items: &[&str], open: char, close: char) -> String {
    if items.is_empty() { String::new() } else { format!("{open}{}{close}", items.join(", ")) }
}

impl Case {
    fn event(&self) -> String {
        let mut text =
            format!("id: e-0\ndate: 2019-08-20\n{}\ncertainty: possible\n", self.coded.join("\n"));
        let mut holders: Vec<usize> = Vec::new();
        for claim in &self.claims {
            if !holders.contains(&claim.source) {
                holders.push(claim.source);
            }
        }
        text.push_str(if holders.is_empty() { "" } else { "claims:\n" });
        for holder in holders {
            let _ = writeln!(text, "  s-{holder}:");
            let held = self.claims.iter().filter(|claim| claim.source == holder);
            text.extend(held.map(Claim::written));
        }
        text
    }

    fn registry(&self) -> String {
        let mut text = String::new();
        for (at, source) in self.sources.iter().enumerate() {
            let cites: Vec<_> = source.cites.iter().map(|cited| format!("s-{cited}")).collect();
            let _ = write!(text, "s-{at}: {{publisher: p-{}", source.publisher);
            if !cites.is_empty() {
                let _ = write!(text, ", cites: [{}]", cites.join(", "));
            }
            let reliability = source.reliability;
            let _ = match reliability {
                "" => writeln!(text, "}}"),
                known => writeln!(text, ", reliability: {known}}}"),
            };
        }
        text
    }

    /// Gives everything that has a name another, so that what came first comes last.
    fn named(&self, text: String) -> String {
        if !self.renamed {
            return text;
        }
        ["o-", "s-", "p-", "l-", "e-"].into_iter().fold(text, |text, prefix| {
            (0..10).fold(text, |text, number| {
                text.replace(&format!("{prefix}{number}"), &format!("{prefix}x{}", 9 - number))
            })
        })
    }

    fn world(&self) -> Memory {
        let mut world = Memory::new();
        let event = self.named("datasets/d/events/e-0.yaml".to_owned());
        world.write(event, self.named(self.event()));
        world.write("datasets/d/sources.yaml", self.named(self.registry()));
        world.write("datasets/d/actors.yaml", self.named(ACTORS.to_owned()));
        world.write(
            "datasets/d/places.yaml",
            self.named("l-0: {name: A place, country: IRQ}\n".to_owned()),
        );
        world
    }

    fn figures(&self) -> Figures {
        self.ask(Figures::of)
    }

    fn ask<T>(&self, of: impl FnOnce(&Evidence<'_>) -> T) -> T {
        let codebook = codebook();
        let loaded =
            dataset::load(&self.world(), codebook, &Selection::default(), &mut Files::default())
                .unwrap();
        let [dataset] = &*loaded.datasets else { panic!("one dataset") };
        let defects: Vec<_> = dataset.files.iter().flat_map(|file| &file.defects).collect();
        assert!(defects.is_empty(), "{defects:?} in\n{}\n{}", self.event(), self.registry());
        let binding = Binding { codebook, dataset };
        let [filed] = dataset.filed().collect::<Vec<_>>()[..] else { panic!("one event") };
        let mut names = filed.event.references();
        assert!(names.all(|name| binding.resolves(name.referent, name.name)), "{}", self.event());
        of(&weigh(BoundEvent { binding, filed }))
    }
}

const ACTORS: &str = "
o-0: {name: A, country: IRQ, sector: PRM}
o-1: {name: B, country: IRQ, member_of: [{actor: o-2}, {actor: o-0, from: 2014}]}
o-2: {name: C, country: SYR}
";

/// The shipped codebook with a policy that has every condition.
fn codebook() -> &'static Codebook {
    static CODEBOOK: OnceLock<Codebook> = OnceLock::new();
    CODEBOOK.get_or_init(|| {
        with_policy(
            "admiralty",
            "{default: {confirmed: [{admitted: true}, {investigation: true}], \
             probable: [{reliability: B, voices: 3}, {own_voice: 2}], \
             possible: {voices: 2, uncontested: true}, doubtful: {named: true}}}",
        )
    })
}

pub(crate) fn with_policy(certainty: &str, policy: &str) -> Codebook {
    let mut world = Memory::new();
    let fields = "{injuries: {type: range, doc: Injured.}, facility: {type: code, list: true, codes: facility, doc: Hit.}}";
    let text = format!(
        "codebook: c\nversion: \"1\"\nlists: {{certainty: {certainty}}}\nfields: {fields}\npolicy: {policy}\n"
    );
    world.write("schema/codebook.yaml", text);
    let loaded = table::without_clashes(schema::load(&world, &mut Files::default()).unwrap());
    let defects: Vec<_> = loaded.files.iter().flat_map(|file| &file.defects).collect();
    assert!(defects.is_empty(), "{defects:?}");
    loaded.codebook
}

/// What is weighed of an event.
#[derive(Clone, Debug, PartialEq)]
struct Figures {
    components: Vec<Component>,
    contested: Vec<schema::Component>,
    n_origins: usize,
    n_claimants: usize,
}

/// What is weighed of a coded value.
#[derive(Clone, Debug, PartialEq)]
struct Component {
    /// The rank of the level that the claims support; 0 for none.
    supported: Option<i64>,
    supporting_origins: usize,
    supporting_claimants: usize,
    opposing_origins: usize,
    opposing_claimants: usize,
    attribution: Option<Attribution>,
    /// What an added claim does: whether it supports, and whether it opposes.
    added: (bool, bool),
}

impl Figures {
    fn of(evidence: &Evidence<'_>) -> Self {
        let scale = evidence.bound.binding.codebook.list(Role::Certainty);
        let is_added = |at: &usize| evidence.claims[*at].claim.note.as_deref() == Some(ADDED);
        let components = evidence.components.iter().map(|weighed| Component {
            supported: weighed.supported.as_ref().map(|supported| {
                supported.level.and_then(|level| scale.rank(level)).unwrap_or_default()
            }),
            supporting_origins: weighed.supporting.origins.len(),
            supporting_claimants: weighed.supporting.claimants.len(),
            opposing_origins: weighed.opposing.origins.len(),
            opposing_claimants: weighed.opposing.claimants.len(),
            attribution: weighed.attribution,
            added: (
                weighed.supporting.claims.iter().any(is_added),
                weighed.opposing.claims.iter().any(is_added),
            ),
        });
        Self {
            components: components.collect(),
            contested: evidence.contested.clone(),
            n_origins: evidence.n_origins(),
            n_claimants: evidence.n_claimants(),
        }
    }

    /// The same but for what an added claim does.
    fn whatever_was_added(mut self) -> Self {
        self.components.iter_mut().for_each(|component| component.added = (false, false));
        self
    }
}

/// The positions that count, and who is for and against each. Claims that do not count name some of what
/// they include.
fn positions_that_count(evidence: &Evidence<'_>) -> Vec<String> {
    let counting =
        positions(evidence).into_iter().filter(|one| one.status <= PositionStatus::Denied);
    let figures = counting.map(|one| {
        let who = |of: &Weighed<'_>| format!("{:?} {:?}", of.origins, of.claimants);
        let (stating, denying) = (who(&one.stating), who(&one.denying));
        let value = one.value.map(|value| evidence.bound.binding.written(one.component, value));
        format!("{:?} {value:?} {stating} {denying} {:?}", one.component, one.excludes)
    });
    figures.collect()
}

/// What holds of the positions on every event: the figures follow from what is included, exclusion is
/// mutual, and a coded value is excluded if a claim says what opposes it.
fn positions_hold(evidence: &Evidence<'_>) -> Result<(), TestCaseError> {
    let binding = evidence.bound.binding;
    let all = positions(evidence);
    for position in all.iter().filter(|one| one.component != schema::Component::Event) {
        let component = position.component;
        let value = binding.written(component, position.value.unwrap());
        let states = |said: &WeighedStatement<'_>| {
            let of_this = said.statement.component == component;
            of_this && matches!(said.statement.stance, Stance::Says | Stance::Affirms)
        };
        let includes = |said: &WeighedStatement<'_>| {
            said.value
                .is_some_and(|said| position.includes.contains(&binding.written(component, said)))
        };
        let claims = || evidence.claims.iter().enumerate().filter(|(_, claim)| claim.counted);
        let stating = claims().filter(|(_, claim)| {
            claim.statements.iter().any(|said| states(said) && includes(said))
        });
        let stating: Vec<_> = stating.map(|(at, _)| at).collect();
        prop_assert_eq!(&position.stating.claims, &stating, "{} {:?}", value, component);
        for other in &position.excludes {
            let is_mutual = |one: &Position<'_>| {
                one.component == component
                    && binding.written(component, one.value.unwrap()) == *other
                    && one.excludes.contains(&value)
            };
            prop_assert!(all.iter().any(is_mutual), "{value} excludes {other}");
        }
        if position.status == PositionStatus::Coded {
            let opposed = claims()
                .flat_map(|(_, claim)| &claim.statements)
                .any(|said| states(said) && said.effect == Effect::Opposes);
            prop_assert_eq!(!position.excludes.is_empty(), opposed, "{}", value);
        }
    }
    Ok(())
}

impl Case {
    fn with(&self, claim: Claim) -> Self {
        let mut case = self.clone();
        case.claims.push(Claim { note: ADDED, ..claim });
        case
    }

    /// The same with a source more, and a claim in it.
    fn with_source(&self, source: Source, claim: Claim) -> Self {
        let mut case = self.with(Claim { source: self.sources.len(), ..claim });
        case.sources.push(source);
        case
    }

    fn weighed(&self) -> Figures {
        self.figures().whatever_was_added()
    }
}

/// The note of an added claim.
const ADDED: &str = "Added.";

/// A publisher that no source of a case has.
const NEW: usize = 7;

proptest! {
    // A case is a project, which takes longer to read than most.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    #[test]
    fn a_supporting_claim_never_lowers_what_is_supported(case in case(), added in claim(2)) {
        let before = case.figures();
        let counted = Claim { about: "", withdrawn: false, ..added };
        let old = case.with(counted.clone()).figures();
        let source = Source { publisher: NEW, reliability: "", cites: vec![] };
        let new = case.with_source(source, Claim { via: None, ..counted }).figures();
        for (after, raises) in [(old, false), (new, true)] {
            prop_assert!(after.n_origins >= before.n_origins && after.n_claimants >= before.n_claimants);
            for (before, after) in before.components.iter().zip(&after.components) {
                prop_assert!(after.supporting_origins >= before.supporting_origins);
                prop_assert!(after.supporting_claimants >= before.supporting_claimants);
                prop_assert!(after.opposing_origins >= before.opposing_origins);
                // A claim may also oppose what it supports: who says that it was an accident, and
                // whose. Then it may cost the level its `unopposed`.
                if after.added == (true, false) {
                    prop_assert!(after.supported >= before.supported, "{before:?} {after:?}");
                    prop_assert!(!raises || after.supporting_origins == before.supporting_origins + 1);
                }
                if after.added == (false, false) {
                    prop_assert_eq!(after.supported, before.supported, "a claim on something else");
                }
            }
        }
    }

    #[test]
    fn a_repost_changes_nothing(case in case(), which in any::<Index>(), besides in vec(any::<Index>(), 0..3)) {
        prop_assume!(!case.claims.is_empty());
        let claim = case.claims[which.index(case.claims.len())].clone();
        let mut cites = vec![claim.source];
        cites.extend(besides.iter().map(|source| source.index(case.sources.len())));
        cites.sort_unstable();
        cites.dedup();
        // A better paper that has the same statement from the same `via` is no repost of the other.
        let reliability = if claim.via.is_none() { "A" } else { "" };
        let reposted = case.with_source(Source { publisher: NEW, reliability, cites }, claim);
        prop_assert_eq!(case.weighed(), reposted.weighed());
    }

    #[test]
    fn neither_order_nor_names_matter(case in case(), seed in any::<u64>()) {
        let weighed = case.weighed();
        prop_assert_eq!(&Case { renamed: true, ..case.clone() }.weighed(), &weighed);

        let mut turned = case;
        turned.claims.reverse();
        let (claims, last) = (turned.claims.len().max(1), turned.sources.len() - 1);
        turned.claims.rotate_left(usize::try_from(seed % claims as u64).unwrap());
        turned.sources.reverse();
        turned.sources.iter_mut().for_each(|source| {
            source.cites.iter_mut().for_each(|cited| *cited = last - *cited);
        });
        for claim in &mut turned.claims {
            claim.source = last - claim.source;
            claim.via = claim.via.map(|via| last - via);
        }
        prop_assert_eq!(turned.weighed(), weighed);
    }

    #[test]
    fn what_was_withdrawn_or_is_about_something_else_weighs_nothing(case in case(), added in claim(2)) {
        let weighed = case.weighed();
        let withdrawn = case.with(Claim { withdrawn: true, ..added.clone() });
        prop_assert_eq!(&withdrawn.weighed(), &weighed);
        let about = case.with(Claim { about: "o-2", ..added.clone() });
        prop_assert_eq!(&about.weighed(), &weighed);

        let mut of_series = case.with(Claim { about: "series", ..added }).weighed();
        for (before, after) in weighed.components.iter().zip(&mut of_series.components) {
            let silent = matches!(before.attribution, None | Some(Attribution::Denied | Attribution::Inferred));
            if silent && after.attribution == Some(Attribution::Alleged) {
                after.attribution = before.attribution;
            }
        }
        prop_assert_eq!(of_series, weighed);
        let counting = case.ask(positions_that_count);
        prop_assert_eq!(&withdrawn.ask(positions_that_count), &counting);
        prop_assert_eq!(&about.ask(positions_that_count), &counting);
    }

    #[test]
    fn positions_follow_from_what_is_said(case in case()) {
        case.ask(positions_hold)?;
    }
}
