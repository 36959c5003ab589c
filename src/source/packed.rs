//! Many values of 32 bytes as one run of bytes. Written one by one, each byte of them would be read back by itself.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

/// A value as bytes.
type Bytes = [u8; 32];

/// What stands for no value.
const NONE: Bytes = [0; 32];

/// Writes values, of which none is all zeros.
pub fn serialize<T: Copy + Into<Bytes>, S: Serializer>(
    values: &[Option<T>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(values.len() * NONE.len());
    for value in values {
        bytes.extend_from_slice(&value.map_or(NONE, T::into));
    }
    serializer.serialize_bytes(&bytes)
}

/// Reads values back.
pub fn deserialize<'de, T: From<Bytes>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Option<T>>, D::Error> {
    let bytes = <&[u8]>::deserialize(deserializer)?;
    let (values, []) = bytes.as_chunks() else {
        return Err(D::Error::invalid_length(bytes.len(), &"a multiple of 32"));
    };
    Ok(values.iter().map(|bytes| (*bytes != NONE).then(|| T::from(*bytes))).collect())
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Kept(#[serde(with = "super")] Vec<Option<Bytes>>);

    #[test]
    fn what_is_packed_is_read_back() {
        let mut value = NONE;
        (1..).zip(&mut value).for_each(|(at, byte)| *byte = at);
        for values in [vec![], vec![None], vec![Some(value), None, Some([9; 32])]] {
            let kept = Kept(values);
            let bytes = postcard::to_stdvec(&kept).unwrap();
            assert_eq!(postcard::from_bytes::<Kept>(&bytes).unwrap(), kept);
        }
        let odd = postcard::to_stdvec(&[1_u8; 33][..]).unwrap();
        assert!(postcard::from_bytes::<Kept>(&odd).is_err());
    }
}
