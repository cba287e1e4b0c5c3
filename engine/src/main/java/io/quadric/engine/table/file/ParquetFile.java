package io.quadric.engine.table.file;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnSchema;
import io.quadric.engine.InputException;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tables from Parquet files, uncompressed or with Snappy or gzip. Numbers, truth values and texts are read; dates and
/// times are numbers of the units they are stored in, days or parts of seconds since 1970. Columns of lists and records
/// are not read.
///
/// The library Hardwood does the work. It is optional: where it is missing, reading says so.
public final class ParquetFile {
    private static final String MAGIC = "PAR1";

    private final Path file;
    private final ParquetFileReader reader;

    private ParquetFile(Path file, ParquetFileReader reader) {
        this.file = file;
        this.reader = reader;
    }

    @FunctionalInterface
    private interface Reading {
        Table read(ParquetFile file);
    }

    /// {@return whether a file begins as a Parquet file does}
    ///
    /// @param file the path
    public static boolean isOne(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAGIC.length()), StandardCharsets.ISO_8859_1).equals(MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /// Reads a table, inferring what the rules leave open.
    ///
    /// @param file the path
    /// @param rules what is known about the columns
    /// @return all columns but those that the rules ignore
    /// @throws InputException if it cannot be read or Hardwood is missing
    public static Table read(Path file, ColumnRules rules) {
        return open(file, parquet -> parquet.inferred(rules));
    }

    /// Reads a table with known columns; others are left out.
    ///
    /// @param file the path
    /// @param schema the columns
    /// @return a table of that schema
    /// @throws InputException if it cannot be read, lacks a column, or Hardwood is missing
    public static Table read(Path file, Schema schema) {
        return open(file, parquet -> parquet.known(schema));
    }

    private static Table open(Path file, Reading reading) {
        if (!isOne(file)) {
            throw new InputException(file + (Files.exists(file) ? ": not a Parquet file" : ": no such file")
                    + ", expected a Parquet file");
        }
        try (InputFile input = opened(file); ParquetFileReader reader = ParquetFileReader.open(input)) {
            ParquetPages.check(reader, input);
            return reading.read(new ParquetFile(file, reader));
        } catch (NoClassDefFoundError e) {
            throw new InputException(
                    file + ": Parquet files are read by the optional library hardwood-core, expected it "
                            + "on the module path with --add-modules dev.hardwood.core, or on the class path");
        } catch (OutOfMemoryError e) { // Hardwood makes arrays as long as a damaged file says
            throw new InputException(file + ": damaged, or too large for the heap of "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
        } catch (InputException e) {
            throw e.at(file.toString());
        } catch (IOException | RuntimeException e) {
            throw new InputException(file + ": damaged, or compressed by other than Snappy or gzip (" + cause(e) + ")");
        }
    }

    private static InputFile opened(Path file) throws IOException {
        InputFile input = InputFile.of(file);
        input.open();
        ParquetPages.checkFooter(input);
        return input;
    }

    private static String cause(Throwable e) {
        return e.getCause() == null || e.getCause() == e ? e.getMessage() : cause(e.getCause());
    }

    private Table inferred(ColumnRules rules) {
        List<String> names = reader.getFileSchema().getColumns().stream().map(ParquetFile::name).toList();
        ColumnInference inference = new ColumnInference(rules, names);
        List<String> kept = names.stream().filter(name -> !rules.ignored().contains(name)).toList();
        List<Column> columns = new ArrayList<>();
        for (String name : kept) {
            columns.add(column(name, names.indexOf(name), inference.given(name)));
        }
        return new Table(inference.schema(kept, columns), columns);
    }

    private Table known(Schema schema) {
        List<String> names = reader.getFileSchema().getColumns().stream().map(ParquetFile::name).toList();
        List<Column> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            if (!names.contains(field.name())) {
                throw new InputException("column " + field.name() + " not found among " + Names.list(names));
            }
            columns.add(column(field.name(), names.indexOf(field.name()), Optional.of(field.type())));
        }
        return new Table(schema, columns);
    }

    private static String name(ColumnSchema column) {
        return String.join(".", column.fieldPath().elements());
    }

    private Column column(String name, int place, Optional<ColumnType> type) {
        ColumnBuilder builder = new ColumnBuilder(name, type, new DecimalNumber('.'));
        try (ColumnReader column = reader.columnReader(place)) {
            ParquetValues values = ParquetValues.of(name, column.getColumnSchema());
            while (column.nextBatch()) {
                append(column, values, builder);
            }
        }
        return builder.column();
    }

    private static void append(ColumnReader batch, ParquetValues values, ColumnBuilder builder) {
        for (int i = 0; i < batch.getRecordCount(); i++) {
            if (batch.getLeafValidity().isNull(i)) {
                builder.addMissing();
            } else {
                values.add(batch, i, builder);
            }
        }
    }
}
