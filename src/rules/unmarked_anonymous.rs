//! An unnamed claimant who is not marked as anonymous.

use crate::dataset::BoundEvent;
use crate::diagnostic::{Diagnostic, Fix};
use crate::evidence::unnamed;
use crate::source::Location;

rule!("unmarked-anonymous", Warning, Event(check));

fn check(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    for claim in &bound.filed.event.claims {
        let Some((words, span)) = unnamed(bound.binding, claim) else { continue };
        let place = Location::new(bound.filed.file, span);
        let message = format!("`{words}` is not a name, and is not marked as anonymous");
        let finding = Diagnostic::new(RULE.name, place, message).label("no name");
        let help = "write `anonymous: true` beside it, or `anonymous: false` if readers can tell who spoke";
        found.push(match claim.place_of_anonymous {
            Some(at) => {
                let place = Location::new(bound.filed.file, at.span());
                finding.fix(Fix::guess(help).replace(place, at.text("anonymous: true")))
            }
            None => finding.help(help),
        });
    }
}
