//! How claims are weighed.

mod page;
mod policy;
mod relation;
mod weighing;
