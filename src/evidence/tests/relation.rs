//! Which actors lie in which.

use std::collections::BTreeSet;

use crate::dataset::BoundEvent;
use crate::evidence::Comparer;
use crate::tests::project::{checked, repository_without_events};

const ACTORS: &str = "\
army: {name: Army, kind: organisation, country: IRQ, sector: MIL}
brigade: {name: Brigade, kind: organisation, country: IRQ, sector: MIL, member_of: [{actor: army, to: 2018}]}
front: {name: Front, kind: organisation, country: IRQ, sector: REB, member_of: [{actor: league, from: 2019}]}
league: {name: League, kind: organisation, member_of: [{actor: IRNMIL}, {actor: SYR}]}
";
const CODES: [&str; 10] =
    ["IRQ", "IRQMIL", "IRQREB", "IRN", "IRNMIL", "IRNMILXYZ", "SYR", "SYRREB", "UNK", "UNKREB"];

#[test]
fn all_that_an_actor_lies_in_is_what_it_is_inside_of() {
    let mut world = repository_without_events();
    let mut text = String::new();
    for (year, id) in [(2018, "before"), (2020, "after")] {
        text.push_str(&format!(
            "---\nid: {id}\ndate: {year}\naction: ASSAULT\ncertainty: possible\n"
        ));
    }
    world.write("datasets/iraq-depot-strikes-2019/actors.yaml", ACTORS);
    world.write("datasets/iraq-depot-strikes-2019/events/two.yaml", text);
    let checked = checked(&world);
    let binding = checked.bindings().next().unwrap();
    let entries = binding.dataset.actors.entries().iter().map(|actor| &*actor.id.value);
    let actors: BTreeSet<&str> = entries.chain(CODES).collect();
    let (mut inside, mut outside) = (0, 0);
    for filed in binding.dataset.filed() {
        let comparer = Comparer::of(BoundEvent { binding, filed });
        for inner in &actors {
            let (around, acted) = (comparer.all_around(inner), comparer.all_acted_within(inner));
            for outer in &actors {
                let is_inside = comparer.is_inside(inner, outer);
                assert_eq!(around.contains(*outer), is_inside, "{inner} in {outer}");
                let acts = comparer.acts_within(inner, outer);
                assert_eq!(acted.contains(*outer), acts, "{inner} for {outer}");
                inside += usize::from(is_inside);
                outside += usize::from(is_inside && !acts);
            }
        }
    }
    assert!(inside > 60 && outside > 4, "{inside} {outside}");
}
