package io.quadric.engine.table.file;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.schema.ColumnSchema;
import io.quadric.engine.InputException;

/// Takes the values of a Parquet column, by the type in which they are stored.
@FunctionalInterface
interface ParquetValues {
    /// Appends value `i` of a batch.
    void add(ColumnReader batch, int i, ColumnBuilder builder);

    static ParquetValues of(String name, ColumnSchema column) {
        if (column.maxRepetitionLevel() > 0) {
            throw new InputException("column '" + name + "' holds lists, expected single values, or the column to be "
                    + "ignored");
        }
        if (column.logicalType() instanceof LogicalType.DecimalType && column.type() == PhysicalType.BYTE_ARRAY) {
            throw new InputException(
                    "column '" + name + "' holds decimal numbers of more than 18 digits, expected fewer, "
                            + "or the column to be ignored");
        }
        return switch (column.type()) {
            case BOOLEAN -> (batch, i, builder) -> builder.add(Boolean.toString(batch.getBooleans()[i]));
            case FLOAT -> (batch, i, builder) -> add(batch.getFloats()[i], builder);
            case DOUBLE -> (batch, i, builder) -> add(batch.getDoubles()[i], builder);
            case INT32 -> (batch, i, builder) -> builder.add(whole(batch.getInts()[i], column) / unit(column));
            case INT64 -> (batch, i, builder) -> builder.add(batch.getLongs()[i] / unit(column));
            case BYTE_ARRAY -> (batch, i, builder) -> builder.add(batch.getStrings()[i]);
            case INT96, FIXED_LEN_BYTE_ARRAY -> throw new InputException("column '" + name + "' holds " + column.type()
                    + ", expected numbers or texts, or the column to be ignored");
        };
    }

    /// NaN is a missing number.
    private static void add(double value, ColumnBuilder builder) {
        if (Double.isNaN(value)) {
            builder.addMissing();
        } else {
            builder.add(value);
        }
    }

    private static long whole(int value, ColumnSchema column) {
        boolean unsigned = column.logicalType() instanceof LogicalType.IntType type && !type.isSigned();
        return unsigned ? Integer.toUnsignedLong(value) : value;
    }

    /// A decimal number is stored as a whole one.
    private static double unit(ColumnSchema column) {
        return column.logicalType() instanceof LogicalType.DecimalType type ? Math.pow(10, type.scale()) : 1;
    }
}
