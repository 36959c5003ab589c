//! How claims are weighed.

mod page;
mod policy;
mod weighing;
