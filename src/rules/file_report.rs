//! What is found in events by themselves, file by file.

use serde::{Deserialize, Serialize};

use super::claimants::Claimants;
use super::defects::RuleFinding;
use super::unresolved::Unresolved;
use super::used::{Entry, entries};
use super::{Check, RULES, Rule};
use crate::dataset::BoundEvent;
use crate::diagnostic::Diagnostic;
use crate::evidence::weigh;
use crate::likeness::{BlockDigests, Blocks};
use crate::record::Referent;
use crate::source::FileId;

/// What is found in the events of a file, or of several one after another, and what they say that concerns others. It
/// depends on nothing but the file, the registries and the codebook.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct FileReport {
    /// What was found, each with the position of its rule.
    findings: Vec<(usize, Diagnostic)>,
    /// The names that stand for nothing, other than those of related events.
    pub(super) unresolved: Unresolved,
    /// Who says something and is no actor.
    pub(super) claimants: Claimants,
    /// The entries of the registries that are in use.
    pub(super) used: Vec<Entry>,
    /// By which blocks events are found that may be one with another.
    pub(super) blocks: BlockDigests,
}

impl FileReport {
    /// Looks up the names of an event, and runs the rules that judge it and its evidence, for which its claims
    /// are weighed once.
    pub(super) fn visit(&mut self, bound: BoundEvent<'_>) {
        let is_resolved = self.gather(bound);
        self.blocks.push(&Blocks::of(bound));
        // Without a policy nothing says what claims should support. A part that could not be read, here or of a
        // registry, leaves open what they say; so does a name that may stand for anything.
        let is_weighed = bound.binding.codebook.weighs() && bound.filed.event.intact && is_resolved;
        let evidence = is_weighed.then(|| weigh(bound));
        let mut found = Vec::new();
        for (at, rule) in RULES.iter().enumerate() {
            match (rule.check, &evidence) {
                (Check::Event(check) | Check::Records(check, _), _) => check(bound, &mut found),
                (Check::Evidence(check), Some(evidence)) => check(evidence, &mut found),
                _ => {}
            }
            // Most rules find nothing in most events.
            if !found.is_empty() {
                self.findings.extend(found.drain(..).map(|finding| (at, finding)));
            }
        }
    }

    /// Gathers what concerns others. Returns whether every name of a registry stands for something that was read.
    fn gather(&mut self, bound: BoundEvent<'_>) -> bool {
        let binding = bound.binding;
        let dataset = binding.dataset;
        let names = bound.filed.event.references();
        let mut lacks_one = false;
        for name in names.filter(|name| name.referent != Referent::Event) {
            let is_known = binding.knows(name.referent, name.name);
            lacks_one |= !is_known;
            match is_known || binding.may_be_lost(name.referent, name.name) {
                true => self.used.extend(entries(dataset, name.referent, name.name)),
                false => self.unresolved.add(bound.filed.file, &name),
            }
        }
        if let Some(place) = binding.division_of(bound.filed.event) {
            self.used.extend(entries(dataset, Referent::Place, &place.id.value));
        }
        for claim in &bound.filed.event.claims {
            if let Some(by) = &claim.by {
                let (by, actor) = (&by.code.value, Referent::Actor);
                lacks_one |= !binding.knows(actor, by) && binding.may_be_lost(actor, by);
                self.used.extend(entries(dataset, Referent::Subject, by));
            }
            self.claimants.add(bound, claim);
        }
        !lacks_one
    }

    /// Adds what was found in the text of the file.
    pub(super) fn add(&mut self, findings: &[RuleFinding]) {
        let position = |rule: &Rule| RULES.iter().position(|one| one.name == rule.name);
        let found = findings.iter();
        let found = found.filter_map(|(rule, found)| Some((position(rule)?, found.clone())));
        self.findings.extend(found);
    }

    /// What was found in parts that stand one after another.
    pub(super) fn of_parts(parts: Vec<Self>) -> Self {
        let mut all = Self::default();
        // These are the largest, and a doubled vector may be half empty.
        all.findings.reserve_exact(parts.iter().map(|part| part.findings.len()).sum());
        all.blocks.reserve_exact(parts.iter().map(|part| &part.blocks));
        parts.into_iter().fold(all, Self::with)
    }

    /// The same with what was found in the events that come after.
    pub(super) fn with(mut self, mut next: Self) -> Self {
        self.findings.append(&mut next.findings);
        self.unresolved.append(next.unresolved);
        self.claimants.append(next.claimants);
        self.used.append(&mut next.used);
        self.blocks.append(next.blocks);
        self
    }

    /// Reads reports that stand one after another.
    pub fn read(mut bytes: &[u8]) -> Option<Self> {
        let mut all = Self::default();
        while !bytes.is_empty() {
            let (report, rest) = postcard::take_from_bytes(bytes).ok()?;
            all = all.with(report);
            bytes = rest;
        }
        Some(all)
    }

    /// Names each entry that is in use once.
    pub(super) fn finish(mut self) -> Self {
        self.used.sort_unstable();
        self.used.dedup();
        self.used.shrink_to_fit();
        self
    }

    /// Takes what was found out of it.
    pub(super) fn take_findings(&mut self) -> impl Iterator<Item = RuleFinding> + use<> {
        let found = std::mem::take(&mut self.findings).into_iter();
        found.filter_map(|(at, mut finding)| {
            let rule = *RULES.get(at)?;
            finding.rule = rule.name;
            Some((rule, finding))
        })
    }

    /// Gives each file that it points at the number that it has now.
    pub fn renumber(&mut self, number: &impl Fn(FileId) -> FileId) {
        self.findings.iter_mut().for_each(|(_, finding)| finding.renumber(number));
        self.unresolved.renumber(number);
        self.claimants.renumber(number);
    }
}
