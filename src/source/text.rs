//! Bytes to text.

use memchr::memchr_iter;

use super::Span;

/// How the bytes of a file were encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, perhaps with bytes that are not.
    Utf8,
    /// UTF-16 or UTF-32, told by its byte order mark or its many NULs. The text is empty: nothing of
    /// it was read.
    Wide,
}

/// The decoded text of a file. Reading never fails; what could not be decoded is listed.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// The text, without a byte order mark. Every byte that is not UTF-8 has become a `?`, so an
    /// offset in the text plus [`SourceText::bom`] is an offset in the file.
    pub text: String,
    /// Length in bytes of the byte order mark that was left out: 0 or 3.
    pub bom: u32,
    /// The runs of bytes that are not UTF-8, as spans of `text`.
    pub invalid: Vec<Span>,
    /// The encoding.
    pub encoding: Encoding,
}

impl SourceText {
    /// Decodes `bytes`.
    pub fn decode(bytes: Vec<u8>) -> Self {
        if is_wide(&bytes) {
            let text = String::new();
            return Self { text, bom: 0, invalid: Vec::new(), encoding: Encoding::Wide };
        }
        let mut bytes = bytes;
        let bom = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
        bytes.drain(..bom as usize);
        let (text, invalid) = match String::from_utf8(bytes) {
            Ok(text) => (text, Vec::new()),
            Err(error) => decode_marking_invalid(error.as_bytes()),
        };
        Self { text, bom, invalid, encoding: Encoding::Utf8 }
    }
}

/// Bytes in which a text without a mark shows how it is encoded.
const SHOWN: usize = 4096;

/// Whether each character has two or four bytes. Keys are Latin letters in every record, so such a
/// text has a NUL beside most of them; a text in UTF-8 has none, or a few by mistake.
fn is_wide(bytes: &[u8]) -> bool {
    let shown = &bytes[..bytes.len().min(SHOWN)];
    let nuls = memchr_iter(0, shown).count();
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || nuls * 8 > shown.len()
}

fn decode_marking_invalid(bytes: &[u8]) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(bytes.len());
    let mut invalid: Vec<Span> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let start = text.len();
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
        let span = Span::of(start..text.len());
        match invalid.last_mut() {
            Some(run) if run.end == span.start => run.end = span.end,
            _ => invalid.push(span),
        }
    }
    (text, invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf8_keep_their_place() {
        let decoded = SourceText::decode(b"a: \xFF\xFEx\nb: \xC3\xA9\xE9\n".to_vec());
        assert_eq!(decoded.text, "a: ??x\nb: é?\n");
        assert_eq!(decoded.invalid, [Span::new(3, 5), Span::new(12, 13)]);
    }

    #[test]
    fn a_byte_order_mark_is_left_out_and_remembered() {
        let decoded = SourceText::decode(b"\xEF\xBB\xBFid: x".to_vec());
        assert_eq!((decoded.text.as_str(), decoded.bom), ("id: x", 3));
    }

    #[test]
    fn a_wide_encoding_is_told_with_or_without_a_mark() {
        let text = "id: x\ntitle: الحشد الشعبي في صلاح الدين\naction: ASSAULT\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let four: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        let marked = [&[0xFF, 0xFE], &*little].concat();
        for bytes in [little, big, four, marked] {
            assert_eq!(SourceText::decode(bytes).encoding, Encoding::Wide);
        }
        let narrow = [text.as_bytes(), b"\0"].concat();
        assert_eq!(SourceText::decode(narrow).encoding, Encoding::Utf8);
    }
}
