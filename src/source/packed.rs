//! Many values of 32 bytes as one run of bytes: of one by one, each byte would be read back by itself.

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
    let (values, _) = <&[u8]>::deserialize(deserializer)?.as_chunks();
    Ok(values.iter().map(|bytes| (*bytes != NONE).then(|| T::from(*bytes))).collect())
}
