//! What becomes of hostile text.

use proptest::prelude::*;
use pulldown_cmark::{Event as Mark, Options, Parser, Tag};

use super::{plain, with_shown};
use crate::cli::markup::{Block, Line, Phrase, markdown};
use crate::cli::show::json;
use crate::diagnostic::render::write_json;

/// What attacks are made of.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\u{1b}[31m", "\u{202e}", "\u{200b}", "\r", "\n", "\n\n", "\t", " ", "  ", "##[error]",
    "::error::x", ":", "#", "# ", "##", "-", "- ", "+", "*", "**", "_", "__", "~", "~~", "`",
    "```", "``", ">", "<", "<b>", "</details>", "<!--", "-->", "&", "&lt;", "&#64;", "[", "]",
    "[x]", "[a](http://b)", "![i](j)", "[^1]", "(", ")", "{#id}", "1.", "1)", "23. ", "|", "---",
    "===", "\\", "$", "$$", "@user", "a@b.example", "http://x.example", "www.x.example", "#1", "GH-1", "a/b#1",
    "<http://x>", "a", "word", "ش", "😀",
];

/// Text made of what attacks are made of.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(PIECES).prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A page that has a text wherever a page has one.
fn page_of(text: &str) -> Vec<Block> {
    let key = Some(Phrase::new().strong(text));
    let named = Phrase::from("x ").then(Phrase::from(text)).plain(" (").code(text).plain(")");
    let below = vec![
        Line { key, phrase: named.clone(), below: Vec::new() },
        Line::from(Phrase::from(text)),
    ];
    vec![
        Block::Title(Phrase::new().strong(text)),
        Block::Paragraph(text.into()),
        Block::Heading(Phrase::new().strong(text).plain(": ").alert(text)),
        Block::entry("label", text),
        Block::Entry {
            label: text.to_owned(),
            lines: vec![Line { key: None, phrase: named, below }],
        },
    ]
}

proptest! {
    #[test]
    fn nothing_hostile_reaches_a_terminal_or_a_log(text in hostile(), width in 1_usize..120) {
        let shown = plain(&page_of(&text), width);
        prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
        prop_assert!(!shown.contains(['\u{202e}', '\u{200b}']), "{shown:?}");
        prop_assert!(!shown.contains("##["), "{shown:?}");
        prop_assert!(!shown.lines().any(|line| line.trim_start().starts_with("::")), "{shown:?}");
    }

    #[test]
    fn hostile_text_makes_no_markdown(text in hostile()) {
        let mut out = Vec::new();
        let page = page_of(&text);
        markdown::write(&mut out, &page).unwrap();
        let written = String::from_utf8(out).unwrap();
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        let mut read = String::new();
        for (mark, range) in Parser::new_ext(&written, options).into_offset_iter() {
            match mark {
                Mark::Text(text) => {
                    let links = ["http://", "www.x"].map(|link| written[range.clone()].contains(link));
                    prop_assert_eq!(links, [false; 2], "an address becomes a link: {}", &written);
                    let refers = ["@u", "#1", "GH-1"].map(|reference| text.contains(reference));
                    prop_assert_eq!(refers, [false; 3], "a reference is followed: {}", &written);
                    read.push_str(&text);
                }
                Mark::Code(text) => read.push_str(&text),
                Mark::InlineHtml(html) => prop_assert_eq!(&*html, "<!-- -->", "{}", &written),
                Mark::Start(
                    Tag::Heading { id: None, .. }
                    | Tag::Paragraph
                    | Tag::List(None)
                    | Tag::Item
                    | Tag::Strong,
                )
                | Mark::End(_) => {}
                other => prop_assert!(false, "{other:?} in {written}"),
            }
        }
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let told = plain(&page, 100);
        // Keys are followed by a colon in Markdown, and stand in a column in text.
        prop_assert_eq!(letters(&read).replace(':', ""), letters(&told).replace(':', ""));
    }
}

#[test]
fn json_holds_exactly_what_the_record_says() {
    let title = r#"a \"b\" <i>*c*</i> `d` ##[error] ::e \u0645"#;
    let record = format!("id: e\ntitle: \"{title}\"\ndate: 2020-01-02\n");
    with_shown(&record, |shown| {
        let expected = shown.evidence.bound.filed.event.title.as_deref().unwrap().to_owned();
        let mut printed = Vec::new();
        write_json(&mut printed, &json::of(&[shown])).unwrap();
        let printed = String::from_utf8(printed).unwrap();
        assert!(!printed.contains("##["), "{printed}");
        let value: serde_json::Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(value["events"][0]["title"], expected);
        assert!(expected.contains("<i>*c*</i> `d` ##[error]"), "{expected}");
    });
}
