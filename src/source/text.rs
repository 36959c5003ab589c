//! Bytes to text.

use super::Span;

/// How the bytes of a file were encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, perhaps with bytes that are not.
    Utf8,
    /// UTF-16, told by its byte order mark. The text is empty: nothing of it was read.
    Utf16,
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
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            let text = String::new();
            return Self { text, bom: 0, invalid: Vec::new(), encoding: Encoding::Utf16 };
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

fn decode_marking_invalid(bytes: &[u8]) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(bytes.len());
    let mut invalid: Vec<Span> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let start = offset(text.len());
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
        let end = offset(text.len());
        match invalid.last_mut() {
            Some(run) if run.end == start => run.end = end,
            _ => invalid.push(Span::new(start, end)),
        }
    }
    (text, invalid)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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
        assert_eq!(SourceText::decode(b"\xFF\xFEi\0".to_vec()).encoding, Encoding::Utf16);
    }
}
