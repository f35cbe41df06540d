//! Rules about the file as XML that its parser does not report: nothing has to be mended.

pub(super) mod byte_order_mark;
