//! Values as others write them.

mod edtf;
