//! The table `codings`, and who is in it.

use super::{binding, holds, row, weighed};
use crate::table;
use crate::tests::project::{DATASET, checked, repository};

/// Who is a coder of an event: each file that is named after one, and of a plain record its own coder,
/// where it is the only other one.
#[test]
fn codings_are_the_records_of_single_coders() {
    let coders = |files: &[(&str, &str)]| {
        let mut world = repository();
        for (name, coding) in files {
            let record = "id: c\ndate: 2019\naction: ASSAULT\ncertainty: possible\n";
            world.write(format!("{DATASET}/events/{name}.yaml"), format!("{record}{coding}"));
        }
        let checked = checked(&world);
        let codings = checked.datasets[0].codings().into_iter();
        codings
            .filter(|one| one.event.id() == "c")
            .map(|one| one.coder.to_owned())
            .collect::<Vec<_>>()
    };
    let (a, b) = (("c.a", "coding: {by: a}"), ("c.b", "coding: {by: b}"));
    assert_eq!(coders(&[("c", "coding: {by: a}")]), [""; 0]);
    assert_eq!(coders(&[("c", "coding: {by: a}"), b]), ["a", "b"]);
    assert_eq!(coders(&[("c", "coding: {by: a, status: reviewed}"), b]), ["a", "b"]);
    assert_eq!(coders(&[("c", "coding: {by: a, status: adjudicated}"), b]), ["b"]);
    assert_eq!(coders(&[("c", "coding: {by: b}"), b]), ["b"]);
    assert_eq!(coders(&[("c", ""), b]), ["b"]);
    assert_eq!(coders(&[("c", "coding: {by: z}"), b, a]), ["a", "b"]);
    assert_eq!(coders(&[a, ("c.b", "coding: {by: b, status: draft}")]), ["a"]);
    assert_eq!(coders(&[("c.ai\u{308}cha", "coding: {by: a\u{ef}cha}"), a]), ["a", "a\u{ef}cha"]);
}

#[test]
fn a_coding_has_a_row_for_the_event_and_for_each_value() {
    let mut world = repository();
    let record = "id: c\ndate: 2019-08\nactor: [{code: ISR, certainty: possible, because: So he says.}, UNK]
action: ASSAULT\ncertainty: probable\ninjuries: 1..5\ncoding: {by: b}\nclaims:\n  tv7-2019-08-21: [{affirms: [event]}]\n";
    world.write(format!("{DATASET}/events/c.b.yaml"), record);
    let checked = checked(&world);
    let binding = binding(&checked);
    let one = binding.dataset.codings().into_iter().find(|one| one.event.id() == "c").unwrap();
    let evidence = weighed(binding, binding.dataset.filed_event(one.event).unwrap());
    let table = table::codings(&checked.codebook);
    let rows = table::coding_rows(one.coder, &evidence, &checked.files);
    let rows: Vec<_> = rows.iter().map(|coding| row(&table, coding)).collect();
    let cells = rows.iter().map(|row| {
        let names = ["component", "ordinal", "value", "certainty", "supported", "because"];
        names.map(|name| row.get(name).map_or("", String::as_str))
    });
    assert_eq!(
        cells.collect::<Vec<_>>(),
        [
            ["event", "1", "", "probable", "probable", ""],
            ["date", "1", "2019-08", "", "", ""],
            ["actor", "1", "ISR", "possible", "", "So he says."],
            ["actor", "2", "UNK", "", "", ""],
            ["action", "1", "ASSAULT", "probable", "", ""],
            ["injuries", "1", "1..5", "", "", ""],
        ]
    );
    holds(rows.last().unwrap(), &[("value_low", "1"), ("value_high", "5")]);
}

#[test]
fn a_relation_to_an_event_that_is_in_no_table_is_left_out() {
    let mut world = repository();
    let record = "date: 2019\naction: ASSAULT\ncertainty: possible\n";
    world
        .write(format!("{DATASET}/events/c.b.yaml"), format!("id: c\n{record}coding: {{by: b}}\n"));
    let related = "related: [{event: c, as: follows}, {event: 2019-08-20-balad, as: follows}]\n";
    world.write(format!("{DATASET}/events/d.yaml"), format!("id: d\n{record}{related}"));
    let checked = checked(&world);
    let binding = binding(&checked);
    let table = table::relations();
    let links = table::relation_rows(binding, &binding.dataset.tabulated());
    let links = links.iter().map(|link| row(&table, link));
    let of_d: Vec<_> = links.filter(|link| link["event_id"] == "d").collect();
    assert_eq!(of_d.len(), 1);
    assert_eq!(of_d[0]["related_event_id"], "2019-08-20-balad");
}
