//! The smallest area that is known to hold an event.

use super::{binding, event_row};
use crate::source::Memory;
use crate::tests::project::checked;

const PLACES: &str = "
fallujah: {name: Fallujah, latitude: 33.35, longitude: 43.78, within: anbar, precision: near}
bridge: {name: A bridge, within: fallujah}
camp: {name: A camp, within: anbar}
anbar: {name: Anbar, aliases: [al-Anbar], latitude: 33.0, longitude: 42.0, country: IRQ, admin1: Anbar, precision: adm1, radius: 260000}
diyala: {name: Diyala, latitude: 34.0, longitude: 45.0, country: IRQ, precision: adm1}
hamrin: {name: Hamrin, within: diyala}
elsewhere: {name: Anbar, latitude: 1.5, longitude: 2.5, country: NGA, precision: adm1, radius: 7}
town: {name: Basra, latitude: 30.5, longitude: 47.8, country: IRQ, admin1: Basra, precision: near}
valley: {name: A valley, latitude: 36.5, longitude: 44.5, precision: area}
circle: {name: A circle, within: circle}
";

fn world(locations: &[(&str, &str)]) -> Memory {
    let mut world = Memory::new();
    let head = "dataset: d\ntitle: A title\nversion: '1'\nlicense: CC0-1.0\n";
    world.write("datasets/d/dataset.yaml", head);
    world.write("datasets/d/places.yaml", PLACES);
    for (at, (location, _)) in locations.iter().enumerate() {
        let event =
            format!("id: e{at}\naction: ASSAULT\ncertainty: possible\nlocation: {location}\n");
        world.write(format!("datasets/d/events/e{at}.yaml"), event);
    }
    world
}

#[test]
fn the_smallest_known_area_has_a_radius_that_holds_it() {
    let cases = [
        // The event's own point, with the radius that is stated or that of its precision.
        ("{latitude: 33.5, longitude: 44.5, radius: 70}", "33.5 44.5 70 location"),
        ("{place: fallujah}", "33.35 43.78 25000 location"),
        ("{place: anbar}", "33 42 260000 location"),
        (
            "{latitude: 33.5, longitude: 44.5, country: IRQ, precision: exact}",
            "33.5 44.5 1000 location",
        ),
        // A point without a radius lies within what holds it: Anbar, then Iraq.
        ("{place: fallujah, precision: adm1}", "33.35 43.78 431000 location"),
        ("{place: diyala}", "34 45 822000 location"),
        (
            "{latitude: 33.5, longitude: 44.5, precision: adm2, country: IRQ}",
            "33.5 44.5 754000 location",
        ),
        ("{place: valley}", "36.5 44.5 - location"),
        ("{place: valley, country: IRQ}", "36.5 44.5 1044000 location"),
        // Without a point, the nearest place that it lies in and that has one.
        ("bridge", "33.35 43.78 25000 place"),
        ("camp", "33 42 260000 place"),
        ("hamrin", "34 45 822000 place"),
        // What is known more coarsely than the place may lie outside it.
        ("{place: camp, precision: country}", "33.2 43.65 667000 country"),
        ("{place: camp, precision: linear}", "33.2 43.65 667000 country"),
        ("{place: camp, precision: near}", "33 42 285000 place"),
        ("{place: fallujah, precision: country}", "33.35 43.78 688000 location"),
        // The division, by a name of it and in its country.
        ("{country: IRQ, admin1: AL-ANBAR}", "33 42 260000 admin1"),
        ("{country: IRQ, admin1: Diyala}", "34 45 822000 admin1"),
        ("{country: NGA, admin1: Anbar}", "1.5 2.5 7 admin1"),
        ("{country: IRQ, admin1: Anbar, precision: country}", "33.2 43.65 667000 country"),
        // The country: a town of the division's name is not the division.
        ("{country: IRQ, admin1: Basra}", "33.2 43.65 667000 country"),
        ("{country: IRQ, precision: country}", "33.2 43.65 667000 country"),
        ("{country: FJI}", "-17.1 178.15 657000 country"),
        // Nothing has a point.
        ("{country: MEA}", "- - - -"),
        ("{country: ATA}", "- - - -"),
        ("circle", "- - - -"),
        ("{admin1: Anbar}", "- - - -"),
    ];
    let checked = checked(&world(&cases));
    assert!(binding(&checked).dataset.events.len() == cases.len());
    let found: Vec<_> = (0..cases.len())
        .map(|at| {
            let row = event_row(&checked, &format!("e{at}"));
            let columns = ["area_latitude", "area_longitude", "area_radius_m", "area_kind"];
            let cell = |column| row.get(column).map_or("-", String::as_str);
            format!("{} -> {}", cases[at].0, columns.map(cell).join(" "))
        })
        .collect();
    let expected = cases.map(|(location, area)| format!("{location} -> {area}"));
    assert_eq!(found, expected);
}
