//! Closed choices of words.

/// Declares a closed choice of words: each variant with the word that records and tables write.
///
/// The type is its own shape: it is read from one of its words.
macro_rules! words {
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $($(#[$doc:meta])* $word:ident = $text:literal,)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $($(#[$doc])* $word,)+
        }

        impl $name {
            /// Every one of them, in the order in which they are offered.
            $vis const ALL: [Self; <[&str]>::len(&[$($text),+])] = [$(Self::$word),+];

            /// The words, in the same order.
            $vis const WORDS: [&str; Self::ALL.len()] = [$(Self::$word.as_str()),+];

            /// The word in records and tables.
            $vis const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $text,)+
                }
            }
        }

        impl<C: $crate::form::Context> $crate::form::Shape<C> for $name {
            type Value = Self;

            fn kind() -> $crate::form::Kind {
                $crate::form::Kind::Word(&Self::WORDS)
            }

            fn read(
                node: $crate::syntax::Node<'_>,
                reader: &mut $crate::form::Reader<'_, C>,
            ) -> $crate::form::Written<Self> {
                reader.word(node, &Self::WORDS).map(|at| Self::ALL[at])
            }
        }
    };
}

pub(crate) use words;
