//! Text that was saved as UTF-8 and opened as something else: `CafÃ©` for `Café`.

/// An encoding of one byte a character, in which UTF-8 is often opened by mistake.
struct Encoding {
    name: &'static str,
    /// What the bytes 0x80 to 0xBF are: those that end a character of UTF-8.
    tails: &'static str,
    /// The characters that begin one of UTF-8, with their bytes.
    heads: fn(char) -> Option<u8>,
    /// How many letters of other scripts than Latin must stand side by side to be proof: where heads
    /// and tails are letters of one script, two of them may stand side by side by chance.
    least: usize,
}

const ENCODINGS: [Encoding; 3] = [
    Encoding {
        name: "Windows-1252",
        tails: "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿",
        heads: |c| u8::try_from(u32::from(c)).ok().filter(|byte| matches!(byte, 0xC2..=0xF4)),
        least: 2,
    },
    Encoding {
        name: "Windows-1251",
        tails: "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї",
        heads: |c| match c {
            'Р' => Some(0xD0),
            'С' => Some(0xD1),
            'в' => Some(0xE2),
            _ => None,
        },
        least: 3,
    },
    Encoding {
        name: "Windows-1256",
        tails: "€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u{200c}\u{200d}ں\u{a0}،¢£¤¥¦§¨©ھ«¬\u{ad}®¯°±²³´µ¶·¸¹؛»¼½¾؟",
        heads: |c| match c {
            'ط' => Some(0xD8),
            'ظ' => Some(0xD9),
            'ع' => Some(0xDA),
            'غ' => Some(0xDB),
            _ => None,
        },
        least: 3,
    },
];

/// A text that was opened in another encoding than it was saved in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Garbled {
    /// The encoding that it was opened in.
    pub encoding: &'static str,
    /// The text as it was before.
    pub text: String,
}

/// As often as a text is saved and opened wrongly at most; each time it doubles in length.
const ROUNDS: usize = 4;

/// What a text was before it was saved as UTF-8 and opened in another encoding, where its characters
/// prove it: as bytes of that encoding they are UTF-8, and nobody writes them so.
pub fn garbled(text: &str) -> Option<Garbled> {
    if text.is_ascii() || !may_be_garbled(text) {
        return None;
    }
    let mut garbled: Option<Garbled> = None;
    for _ in 0..ROUNDS {
        let read = garbled.as_ref().map_or(text, |garbled| &garbled.text);
        let Some((name, text)) = ENCODINGS.iter().find_map(|encoding| encoding.undone(read)) else {
            break;
        };
        let encoding = garbled.as_ref().map_or(name, |garbled| garbled.encoding);
        garbled = Some(Garbled { encoding, text });
    }
    garbled
}

/// Whether two characters stand side by side of which one begins and one ends a character of UTF-8.
/// Few texts have such a pair, and most texts of a record are asked for one.
fn may_be_garbled(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|character| {
        let head = std::mem::replace(&mut before, character);
        let is_pair = |one: &Encoding| (one.heads)(head).is_some() && one.tails.contains(character);
        !head.is_ascii() && !character.is_ascii() && ENCODINGS.iter().any(is_pair)
    })
}

/// Some characters that are one of UTF-8, taken as bytes.
struct Sequence {
    /// The first of them, as a position in the text's characters.
    start: usize,
    length: usize,
    decoded: char,
    /// Whether nobody writes these characters in this order.
    odd: bool,
}

impl Encoding {
    /// The text before it was opened in this encoding, and the encoding's name.
    fn undone(&self, text: &str) -> Option<(&'static str, String)> {
        let characters: Vec<char> = text.chars().collect();
        let sequences = self.sequences(&characters);
        let is_beside = |one: &Sequence, other: &Sequence| one.start + one.length == other.start;
        let proven: Vec<bool> = sequences
            .chunk_by(is_beside)
            .flat_map(|run| {
                let is_word = run.len() >= self.least;
                run.iter().map(move |one| one.odd && (is_word || is_european(one.decoded)))
            })
            .collect();
        if !proven.contains(&true) {
            return None;
        }
        // Where every character that is not of ASCII is explained, so are those that could be meant.
        let strange = characters.iter().filter(|c| !c.is_ascii()).count();
        let explained: usize = sequences.iter().map(|sequence| sequence.length).sum();
        let mut undone = String::with_capacity(text.len());
        let mut from = 0;
        for (sequence, proven) in sequences.iter().zip(proven) {
            if proven || strange == explained {
                undone.extend(&characters[from..sequence.start]);
                // A byte order mark is no part of the text.
                undone.extend(Some(sequence.decoded).filter(|decoded| *decoded != '\u{FEFF}'));
                from = sequence.start + sequence.length;
            }
        }
        undone.extend(&characters[from..]);
        Some((self.name, undone))
    }

    fn sequences(&self, characters: &[char]) -> Vec<Sequence> {
        let mut sequences = Vec::new();
        let mut start = 0;
        while start < characters.len() {
            let sequence = self.sequence(characters, start);
            start += sequence.as_ref().map_or(1, |sequence| sequence.length);
            sequences.extend(sequence);
        }
        sequences
    }

    fn sequence(&self, characters: &[char], start: usize) -> Option<Sequence> {
        let head = (self.heads)(characters[start])?;
        let length = match head {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            _ => 4,
        };
        let tails = characters.get(start + 1..start + length)?;
        let mut bytes = [head, 0, 0, 0];
        for (byte, tail) in bytes[1..].iter_mut().zip(tails) {
            let at = self.tails.chars().position(|known| known == *tail)?;
            *byte = 0x80 + u8::try_from(at).ok()?;
        }
        let decoded = str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
        let before = start.checked_sub(1).map(|at| characters[at]);
        let after = characters.get(start + length);
        // What may end a word may stand behind any letter, such as the last of `CAFÉ”`.
        let goes_on = |c: char| c.is_alphanumeric() || (self.heads)(c).is_some();
        let is_odd_capital = characters[start].is_uppercase()
            && before.is_some_and(|c| c.is_lowercase() || c.is_numeric());
        let is_ending = tails.iter().all(|tail| ENDINGS.contains(*tail))
            && (*tails == ['\u{a0}'] || !after.is_some_and(|c| goes_on(*c)))
            && !is_odd_capital;
        let is_possible = is_european(decoded) || decoded.is_alphanumeric();
        is_possible.then_some(Sequence { start, length, decoded, odd: !is_ending })
    }
}

/// What stands behind a word: closing quotes, dashes, footnotes, marks, the no-break space.
const ENDINGS: &str = "\u{a0}»«”“’‘…–—›‹™®©°·²³¹";

/// Whether a character is so common in European texts, or so unlike a letter, that one alone is
/// proof. Letters with bytes that occur in words of other languages, such as `ÉŽ` in `TÉŽ`, are not.
fn is_european(character: char) -> bool {
    matches!(character,
        '\u{A0}'..='\u{17F}' | '\u{192}' | '\u{1A0}' | '\u{1A1}' | '\u{1AF}' | '\u{1B0}' | '\u{218}'..='\u{21B}'
        | '\u{259}' | '\u{2C6}' | '\u{2DC}' | '\u{300}'..='\u{328}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205F}' | '\u{20A0}'..='\u{23FF}' | '\u{2500}'..='\u{27BF}' | '\u{FEFF}'
        | '\u{FFFD}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as it is read when its UTF-8 is taken for an encoding.
    fn opened_in(encoding: &Encoding, text: &str) -> Option<String> {
        let read = |byte: u8| match byte {
            0..=0x7F => Some(char::from(byte)),
            0x80..=0xBF => encoding.tails.chars().nth(usize::from(byte - 0x80)),
            _ => ('\u{80}'..='\u{6FF}').find(|c| (encoding.heads)(*c) == Some(byte)),
        };
        text.bytes().map(read).collect()
    }

    #[test]
    fn what_was_opened_wrongly_is_undone() {
        let texts = [
            (0, "Café"),
            (0, "naïve façade à la carte, 10 °C – ‘quoted’, it’s 5 €"),
            (0, "Αθήνα, Кирилл, النار, בגדד"),
            (0, "Nguyễn Văn Thiệu, Huế"),
            (0, "İstanbul'da, Iğdır, Şırnak"),
            (0, "łódź, Žižkov, București"),
            (0, "空袭 😀"),
            (1, "Обстрел базы – вчера"),
            (2, "قصف المطار"),
        ];
        for (encoding, text) in texts {
            let encoding = &ENCODINGS[encoding];
            let mut read = text.to_owned();
            for _ in 0..2 {
                read = opened_in(encoding, &read).unwrap_or(read);
                let found = garbled(&read).expect(&read);
                assert_eq!((found.encoding, &*found.text), (encoding.name, text), "{read}");
            }
        }
        assert_eq!(garbled("“CafÃ©”, said by É…").unwrap().text, "“Café”, said by É…");
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for text in [
            "« Café\u{a0}», né\u{a0}… «\u{a0}DÉJÀ\u{a0}»",
            "‘CAFÉ’ “AMANHÃ” «está»… PÅ… CITTÀ – IRMÃ—",
            "crié\u{a0}«Vive la France\u{a0}» Ø±0.5 mm, 5 Å², 2×½",
            "TÉŽ, PŘÍŠTÍ, KRÍŽ, ÍŽ, Strauß“, Fuß…, SÃO, ÑANDÚ",
            "Её ёж, РЁ, С“, «А В»",
            "РЕЖИССЁР’, КРІС… СІРІ СТІНИ",
            "صنع\u{a0}ع\u{a0}فان, PÅ° XÃ\u{a0}Đông",
            "سگ تک‌تک عک، ظ، غپ",
            "Xã Đông Ngạc, phường XÃ”, Â, ĐÃ…",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
    }
}
