/// Tables: named columns of numbers or categories, each with a role.
///
/// [io.quadric.engine.table.Table] makes them of arrays, [io.quadric.engine.table.RowMapping] of objects, and
/// [io.quadric.engine.table.SequenceTable] of sequences; readers of files are in `io.quadric.engine.table.file`.
package io.quadric.engine.table;
