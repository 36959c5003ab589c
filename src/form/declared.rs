//! The declarations of records and shapes.

use super::{Key, Kind};

/// Declares a record: the struct, the form that a curator writes it by, and how it is read.
///
/// ```text
/// form! {
///     /// A person or an organisation.
///     #[derive(Clone, Debug)]
///     pub struct Actor: "actor" in Codebook {
///         /// The name in common use.
///         required name: Box<str> = Text,
///         /// Other names.
///         optional aliases: Vec<Box<str>> = List<ListText>,
///     }
/// }
/// ```
///
/// `"actor"` is the name of the form, and `Codebook` the [`Context`](super::Context) that it is read
/// with. Each key is stated once:
///
/// - Its comment says what it means: to the reader of the code, of the codebook, of the JSON Schemas
///   and of a new record alike.
/// - `required`, `optional`, or `essential`: required, and nothing is made of a mapping without it.
/// - Its name; `relation as "as"` where the field has another. `formerly "on"` is its name in an
///   earlier version of the format, `called ["place"]` what else people call it, `beside ["longitude"]` the keys that must stand beside it.
/// - The type of the field, which is made of what was written by `From<Written<_>>`. Without a type
///   there is no field, but a variable that holds what was written, for the fields below.
/// - The [`Shape`](super::Shape) that says what is written and reads it. What can only be read once
///   more is known has `by` and a function that says its [`Kind`].
///
/// `..location: Location` after the keys adds those of another form, and a field for its record.
/// `made { … }` adds fields that are no keys, each with what makes it: `made from (opened, reader)` where
/// that needs the mapping.
///
/// Steps that the keys do not say are functions beside the form, named after the context:
///
/// - `first`: replaces the opened mapping before its keys are read.
/// - `then`: looks at the record, and may change it, once all keys are read.
/// - `identity`: what tells it from the other records of a list, as [`Shape`](super::Shape) has it.
///
/// A record is a shape, unless `given (file: FileId)` before the form's name adds parameters: then a
/// mapping is opened by hand, and its `of` makes the record.
macro_rules! form {
    (
        $(#[$about:meta])*
        $vis:vis struct $name:ident $(given ($($given:ident: $given_type:ty),+))?:
            $title:literal in $context:ty
            $(, first $first:path)? $(, then $then:path)?
            $(, identity $identity:path)?
        {
            $(
                $(#[doc = $doc:literal])+
                $need:ident $field:ident $(as $key:literal)? $(formerly $former:literal)?
                $(called [$($called:literal),+])? $(beside [$($beside:literal),+])? $(by $kind:path)?
                $(: $type:ty)? $(= $shape:ty)?,
            )*
            $(..$part:ident: $part_type:ty,)*
        }
        $(made $(from ($opened:ident, $reader:ident))? {
            $($(#[$made_doc:meta])+ $made_vis:vis $made:ident: $made_type:ty = $value:expr,)+
        })?
    ) => {
        $crate::form::form! {
            @record [$(#[$about])*] [$vis] $name $title $context,
            [$($($given: $given_type),+)?]
            [$($first)?] [$($then)?]
            [$({
                concat!($($doc),+), $need $field ($field $($key)?) [$($former)?]
                [$($($called),+)?] [$($($beside),+)?] [$($kind)?] [$($type)?] [$($shape)?]
            })*]
            [$($part: $part_type),*]
            [$([$($opened $reader)?] $($(#[$made_doc])+ $made_vis $made: $made_type = $value),+)?]
        }
        $crate::form::form! {
            @shape $name $context, [$($($given),+)?] [$($identity)?]
        }
    };
    (
        @record [$(#[$about:meta])*] [$vis:vis] $name:ident $title:literal $context:ty,
        [$($given:ident: $given_type:ty),*]
        [$($first:path)?] [$($then:path)?]
        [$({
            $doc:expr, $need:ident $field:ident $key:tt $former:tt
            [$($called:literal),*] [$($beside:literal),*] [$($kind:path)?] [$($type:ty)?] [$($shape:ty)?]
        })*]
        [$($part:ident: $part_type:ty),*]
        [$(
            [$($opened:ident $reader:ident)?]
            $($(#[$made_doc:meta])+ $made_vis:vis $made:ident: $made_type:ty = $value:expr),+
        )?]
    ) => {
        $(#[$about])*
        $vis struct $name {
            $($(
                #[doc = $doc]
                $vis $field: $type,
            )?)*
            $($part: $part_type,)*
            $($($(#[$made_doc])+ $made_vis $made: $made_type,)+)?
        }

        impl $name {
            /// The form that a curator writes it by.
            $vis const FORM: &'static $crate::form::Form = &$crate::form::Form {
                name: $title,
                keys: &$crate::form::joined::<{
                    <[&str]>::len(&[$(stringify!($field)),*]) $(+ <$part_type>::FORM.keys.len())*
                }>(&[
                    &[$($crate::form::Key {
                        name: $crate::form::form!(@key $key),
                        required: $crate::form::form!(@required $need),
                        doc: $doc.trim_ascii_start(),
                        beside: &[$($beside),*],
                        former: &$former,
                        called: &[$($called),*],
                        kind: $crate::form::form!(@kind $context, [$($kind)?] [$($shape)?]),
                    }),*],
                    $(<$part_type>::FORM.keys),*
                ]),
            };

            /// Makes one of a mapping that was opened by the form; `None` where an essential key
            /// cannot be read. Every key is read, so that every defect is found.
            pub(crate) fn of(
                opened: &$crate::form::Opened<'_>,
                reader: &mut $crate::form::Reader<'_, $context>,
                $($given: $given_type),*
            ) -> Option<Self> {
                $(
                    let replaced = $first(opened, reader);
                    let opened = replaced.as_ref().unwrap_or(opened);
                )?
                $($(
                    let $field =
                        opened.get::<$shape, $context>($crate::form::form!(@key $key), reader);
                )?)*
                $(let $part = <$part_type>::of(opened, reader);)*
                $($(let ($opened, $reader) = (opened, &mut *reader);)?)?
                let record = Self {
                    $($($field: $crate::form::form!(@field $need $field $type),)?)*
                    $($part: $part?,)*
                    $($($made: $value,)+)?
                };
                $(
                    let mut record = record;
                    $then(&mut record, opened, reader);
                )?
                Some(record)
            }
        }
    };
    (@shape $name:ident $context:ty, [] [$($identity:path)?]) => {
        impl $crate::form::Shape<$context> for $name {
            type Value = Self;

            fn kind() -> $crate::form::Kind {
                $crate::form::Kind::Form(Self::FORM)
            }

            fn read(
                node: $crate::syntax::Node<'_>,
                reader: &mut $crate::form::Reader<'_, $context>,
            ) -> $crate::form::Written<Self> {
                let context: &$context = reader.context;
                let extra = $crate::form::Context::extra_keys(context, Self::FORM);
                let opened = reader.open(node, Self::FORM, &extra);
                let record = opened.and_then(|opened| Self::of(&opened, reader));
                record.map(|record| $crate::source::Spanned::new(record, node.span())).into()
            }

            $(
                fn identity<'i>(
                    node: $crate::syntax::Node<'i>,
                    record: &'i Self,
                    context: &'i $context,
                ) -> $crate::form::Identity<'i> {
                    $identity(node, record, context)
                }
            )?
        }
    };
    (@shape $name:ident $context:ty, [$($given:ident),+] []) => {};
    (@key ($field:ident)) => { stringify!($field) };
    (@key ($field:ident $key:literal)) => { $key };
    (@required optional) => { false };
    (@required required) => { true };
    (@required essential) => { true };
    (@kind $context:ty, [$kind:path] []) => { $kind };
    (@kind $context:ty, [] [$shape:ty]) => { <$shape as $crate::form::Shape<$context>>::kind };
    (@field essential $field:ident $type:ty) => { Option::<$type>::from($field)? };
    (@field $need:ident $field:ident $type:ty) => { <$type>::from($field) };
}

/// Declares shapes: for each a type without values, what reading yields, its kind, and how a node is
/// read. With `for` in place of `struct` a type is its own shape.
///
/// ```text
/// shape! {
///     /// A number of people.
///     struct People => i64: Kind::Integer, |node, reader| i64::read(node, reader);
///     for bool: Kind::Boolean, |node, reader| …;
/// }
/// ```
///
/// `in Codebook` after the name lets it be read with that [`Context`](super::Context) only.
macro_rules! shape {
    () => {};
    (
        $(#[$about:meta])+
        $vis:vis struct $name:ident $(in $context:ty)? => $value:ty: $kind:expr,
        |$node:ident, $reader:ident| $read:expr;
        $($more:tt)*
    ) => {
        $(#[$about])+
        #[derive(Debug)]
        $vis struct $name;
        $crate::form::shape! { @for $name [$($context)?] $value, $kind, $node $reader $read }
        $crate::form::shape! { $($more)* }
    };
    (for $name:ty: $kind:expr, |$node:ident, $reader:ident| $read:expr; $($more:tt)*) => {
        $crate::form::shape! { @for $name [] Self, $kind, $node $reader $read }
        $crate::form::shape! { $($more)* }
    };
    (@for $name:ty [] $($shape:tt)+) => {
        impl<C: $crate::form::Context> $crate::form::Shape<C> for $name {
            $crate::form::shape! { @items [C] $($shape)+ }
        }
    };
    (@for $name:ty [$context:ty] $($shape:tt)+) => {
        impl $crate::form::Shape<$context> for $name {
            $crate::form::shape! { @items [$context] $($shape)+ }
        }
    };
    (
        @items [$context:ty] $value:ty, $kind:expr, $node:ident $reader:ident $read:expr
    ) => {
        type Value = $value;

        fn kind() -> $crate::form::Kind {
            $kind
        }

        fn read(
            $node: $crate::syntax::Node<'_>,
            $reader: &mut $crate::form::Reader<'_, $context>,
        ) -> $crate::form::Written<$value> {
            $read
        }
    };
}

pub(crate) use {form, shape};

/// The keys of several forms, one behind the other; `N` is how many they are.
pub(crate) const fn joined<const N: usize>(forms: &[&[Key]]) -> [Key; N] {
    let mut keys = [Key::optional("", "", || Kind::Text); N];
    let (mut form, mut next) = (0, 0);
    while form < forms.len() {
        let mut key = 0;
        while key < forms[form].len() {
            keys[next] = forms[form][key];
            key += 1;
            next += 1;
        }
        form += 1;
    }
    keys
}
