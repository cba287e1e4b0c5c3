/// Recurrent layers: a cell, unrolled in time.
///
/// [io.quadric.nn.recurrent.RecurrentLayer] and [io.quadric.nn.recurrent.LstmLayer] are layers like any other. Inside,
/// a cell is one time step with its derivatives, and one pass for all cells walks the steps: forward, tangents,
/// cotangents, and tangents of cotangents. What is kept of the steps is written to tapes, all of it or √T checkpoints
/// ([io.quadric.nn.recurrent.StateMemory]).
package io.quadric.nn.recurrent;
