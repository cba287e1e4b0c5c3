package io.quadric.engine.cases;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Cases in memory whose inputs are bytes, such as pixels, which become numbers as batches are gathered: a quarter of
/// the memory of FLOAT32, an eighth of that of FLOAT64.
public final class ByteCases implements Cases {
    private final byte[] bytes;
    private final int[] order;
    private final Optional<Matrix> targets;
    private final CaseForm form;
    /// By byte, as it is and unsigned.
    private final double[] numbers = new double[1 << Byte.SIZE];
    private final float[] floats = new float[1 << Byte.SIZE];

    /// Cases of bytes from 0 to 255, each divided by the same number.
    ///
    /// @param bytes the inputs of one record after the other; used, not copied
    /// @param order which records are the cases, in order
    /// @param form of the cases
    /// @param divisor 255 for inputs from 0 to 1
    /// @param targets a row for each case, of the form's precision; empty if they are the inputs
    /// @throws IllegalArgumentException if a record or a target is missing, or the targets are not as the form says
    public ByteCases(byte[] bytes, int[] order, CaseForm form, double divisor, Optional<Matrix> targets) {
        int records = bytes.length / form.inputs();
        if (!IntStream.of(order).allMatch(record -> record >= 0 && record < records)) {
            throw new IllegalArgumentException("cases " + Arrays.toString(order) + " of " + records + " records");
        }
        if (targets.isEmpty() != form.reconstructs() || targets.isPresent() && !fits(targets.get(), order, form)) {
            throw new IllegalArgumentException("targets " + targets + " of " + order.length + " cases of " + form);
        }
        this.bytes = bytes;
        this.order = order.clone();
        this.form = form;
        this.targets = targets;
        for (int b = 0; b < numbers.length; b++) {
            numbers[b] = b / divisor;
            floats[b] = (float) numbers[b];
        }
    }

    private static boolean fits(Matrix targets, int[] order, CaseForm form) {
        return targets.rows() == order.length && targets.columns() == form.targets()
                && targets.precision() == form.precision();
    }

    @Override
    public int cases() {
        return order.length;
    }

    @Override
    public CaseForm form() {
        return form;
    }

    @Override
    public double weight() {
        return order.length;
    }

    @Override
    public Batch chosen(int[] chosen, BatchRoom room) {
        Matrix x = room.inputs(chosen.length);
        Matrix t = room.targets(chosen.length);
        for (int i = 0; i < chosen.length; i++) {
            read(order[chosen[i]], x, i);
        }
        targets.ifPresent(all -> Elementwise.gatherRows(all, chosen, t));
        return new Batch(x, t);
    }

    @Override
    public Batch rows(int from, int to, BatchRoom room) {
        Matrix x = room.inputs(to - from);
        for (int i = from; i < to; i++) {
            read(order[i], x, i - from);
        }
        return new Batch(x, targets.map(all -> all.rows(from, to)).orElse(x));
    }

    private void read(int record, Matrix x, int row) {
        int from = record * form.inputs();
        int to = x.rowOffset(row);
        if (form.precision() == Precision.FLOAT32) {
            float[] values = x.floats();
            for (int j = 0; j < form.inputs(); j++) {
                values[to + j] = floats[bytes[from + j] & 0xff];
            }
        } else {
            double[] values = x.doubles();
            for (int j = 0; j < form.inputs(); j++) {
                values[to + j] = numbers[bytes[from + j] & 0xff];
            }
        }
    }

    /// With bytes of their own if they are no more than half of all.
    @Override
    public Cases first(int count) {
        return new ByteCases(this, count);
    }

    private ByteCases(ByteCases all, int count) {
        int width = all.form.inputs();
        boolean few = 2L * count * width <= all.bytes.length;
        bytes = few ? new byte[count * width] : all.bytes;
        order = few ? IntStream.range(0, count).toArray() : Arrays.copyOf(all.order, count);
        for (int i = 0; few && i < count; i++) {
            System.arraycopy(all.bytes, all.order[i] * width, bytes, i * width, width);
        }
        targets = all.targets.map(rows -> rows.rows(0, count));
        form = all.form;
        System.arraycopy(all.numbers, 0, numbers, 0, numbers.length);
        System.arraycopy(all.floats, 0, floats, 0, floats.length);
    }
}
