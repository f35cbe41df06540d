//! The async loop that joins engine, transport, rows and output, and the run report.
