/// Tables: named columns of numbers or categories, each with a role, from files or from memory.
///
/// ```java
/// Table houses = CsvFile.read(Input.of(Path.of("houses.csv")), CsvFormat.detected(), ColumnRules.target("price"));
/// System.out.println(houses.describe());
/// ```
///
/// [io.quadric.engine.table.CsvFile] and [io.quadric.engine.table.LibsvmFile] read files,
/// [io.quadric.engine.table.RowMapping] makes tables of objects, and [io.quadric.engine.table.Table] those of arrays.
package io.quadric.engine.table;
