/// Recurrent layers: a cell, unrolled in time.
///
/// A [io.quadric.nn.recurrent.Cell] is what one kind of unit does within a time step, apart from the affine maps of its
/// inputs and hidden units: elementwise functions and their derivatives, for all cases at once. A
/// [io.quadric.nn.recurrent.CellLayer] declares its parameters and makes it. All the rest is written once: the walk over
/// time steps in segments of ⌈√T⌉, forward, with tangents, with cotangents and with the tangents of cotangents; several
/// directions at once; checkpoints ([io.quadric.nn.recurrent.StateMemory]); structural damping; sequences of different
/// lengths. So a recurrent unit of your own is one file, and works with every optimizer.
///
/// `SequencePass` walks the segments of a layer and `Unrolled` the steps of a segment. What they compute is written to
/// [tapes][io.quadric.nn.recurrent.Tape].
///
/// This package uses `nn.layer`. Start reading with [io.quadric.nn.recurrent.RecurrentLayer], whose cell is the shortest,
/// then [io.quadric.nn.recurrent.GruLayer], whose cell keeps its recurrent product apart from the product of its inputs.
package io.quadric.nn.recurrent;
