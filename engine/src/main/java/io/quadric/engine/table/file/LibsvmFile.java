package io.quadric.engine.table.file;

import io.quadric.engine.InputException;
import io.quadric.engine.file.HeapLimit;
import io.quadric.engine.file.Input;
import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Tables from files in the format of LIBSVM (Chang & Lin 2011), plain or gzip-compressed: each line has a label and
/// `index:value` for every feature that is not 0, indices rising from 1. What follows a `#` is a remark.
public final class LibsvmFile {
    /// The name of the column of labels.
    public static final String LABEL = "label";

    private LibsvmFile() {}

    /// Reads a table: the target `label`, and numeric features named by their indices.
    ///
    /// @param input the text
    /// @param precision of the features
    /// @param features how many there are; the largest index that occurs if empty
    /// @return labels and features
    /// @throws InputException if it cannot be read; the message names the line
    public static Table read(Input input, Precision precision, OptionalInt features) {
        return input.read("lines of LIBSVM's format", in -> {
            LineReader lines = new LineReader(new TextReader(in, Optional.empty()));
            SparseRows rows = new SparseRows(features.orElse(Integer.MAX_VALUE));
            while (lines.next()) {
                new LibsvmLine(lines).readInto(rows);
            }
            if (rows.count() == 0) {
                throw new InputException("there is no case, expected lines of LIBSVM's format");
            }
            return table(rows, precision, features.orElse(rows.largest()));
        });
    }

    /// Reads a table of known width some rows at a time, so that memory does not grow with its length.
    ///
    /// @param input the text
    /// @param precision of the features
    /// @param features how many there are
    /// @param blocks takes the rows
    /// @throws InputException if it cannot be read; rows before may have been taken
    public static void read(Input input, Precision precision, int features, Blocks blocks) {
        input.read("lines of LIBSVM's format", in -> {
            LineReader lines = new LineReader(new TextReader(in, Optional.empty()));
            SparseRows rows = new SparseRows(features);
            boolean any = false;
            while (lines.next()) {
                new LibsvmLine(lines).readInto(rows);
                if (rows.count() == blocks.rows()) {
                    blocks.each().accept(table(rows, precision, features));
                    rows = new SparseRows(features);
                    any = true;
                }
            }
            if (rows.count() > 0) {
                blocks.each().accept(table(rows, precision, features));
            } else if (!any) {
                throw new InputException("there is no case, expected lines of LIBSVM's format");
            }
            return true;
        });
    }

    private static Table table(SparseRows rows, Precision precision, int features) {
        if (features == 0) {
            throw new InputException("no feature is other than 0, expected an index:value in some line");
        }
        HeapLimit.require(rows.count() + " × " + features + " numbers", (long) rows.count() * features,
                precision.bytes());
        Matrix dense = Matrix.zeros(precision, rows.count(), features);
        rows.copyTo(dense);
        List<String> names = IntStream.rangeClosed(1, features).mapToObj(Integer::toString).toList();
        return Table.of(names, dense).with(LABEL, ColumnRole.TARGET, NumericColumn.of(rows.labels()));
    }
}
