//! Single steps, each on what a record has of it: `cargo bench --bench micro`.

#[expect(dead_code, reason = "the other benchmark uses the rest of it")]
mod corpus;

use corpus::Corpus;
use divan::{Bencher, black_box};
use eventc::internals::{
    Codebook, Date, Files, Memory, Reader, Role, closest, load_schema, parse, read_event,
};

fn main() {
    divan::main();
}

/// The text of a record of about the average length.
fn record() -> String {
    let corpus = Corpus::new(200, 2019);
    let files = corpus.files().filter(|(path, _)| path.contains("/events/"));
    let nearest = files.min_by_key(|(_, bytes)| bytes.len().abs_diff(1300));
    let (_, bytes) = nearest.expect("there are records");
    String::from_utf8(bytes).expect("records are UTF-8")
}

fn codebook() -> Codebook {
    let loaded = load_schema(&Memory::new(), &mut Files::default());
    loaded.expect("the shipped codebook is there").codebook
}

#[divan::bench]
fn parse_a_record(bencher: Bencher<'_, '_>) {
    let text = record();
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| parse(black_box(&text)));
}

#[divan::bench]
fn model_a_record(bencher: Bencher<'_, '_>) {
    let (text, codebook) = (record(), codebook());
    let stream = parse(&text);
    let root = stream.documents[0].root().expect("a record is not empty");
    bencher.bench(|| read_event(black_box(root), &mut Reader::new(&codebook)));
}

#[divan::bench(args = ["2019-08-20", "2019-08-20/2019-08-24", "[2019-08-20..2019-08-22]", "2019-13-45"])]
fn parse_a_date(text: &str) -> bool {
    Date::parse(black_box(text)).is_ok()
}

#[divan::bench]
fn suggest_a_code(bencher: Bencher<'_, '_>) {
    let codebook = codebook();
    let list = codebook.list(Role::Action);
    let codes: Vec<&str> = list.entries().iter().map(|entry| &*entry.code).collect();
    bencher.bench(|| closest(black_box("ASSUALT.aerial"), codes.iter().copied()));
}
