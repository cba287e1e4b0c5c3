/// Readers of tables in files: separated values, LIBSVM and Parquet.
///
/// ```java
/// Table houses = CsvFile.read(Input.of(Path.of("houses.csv")), CsvFormat.detected(), ColumnRules.target("price"));
/// System.out.println(houses.describe());
/// ```
///
/// Start with [io.quadric.engine.table.file.CsvFile] or [io.quadric.engine.table.file.LibsvmFile].
package io.quadric.engine.table.file;
