package io.quadric.engine.cases;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;

/// Cases that lie in matrices.
///
/// @param batch all of them
record MemoryCases(Batch batch) implements Cases {
    @Override
    public int cases() {
        return batch.cases();
    }

    @Override
    public CaseForm form() {
        return CaseForm.of(batch);
    }

    @Override
    public double weight() {
        return batch.weight();
    }

    @Override
    public Batch chosen(int[] numbers, BatchRoom room) {
        Matrix x = room.inputs(numbers.length);
        Matrix t = room.targets(numbers.length);
        Elementwise.gatherRows(batch.inputs(), numbers, x);
        if (t != x) {
            Elementwise.gatherRows(batch.targets(), numbers, t);
        }
        return new Batch(x, t, batch.lengths().chosen(numbers), batch.weights().chosen(numbers));
    }

    @Override
    public Batch rows(int from, int to, BatchRoom room) {
        return from == 0 && to == cases() ? batch : batch.rows(from, to);
    }

    /// Once, for all batches.
    @Override
    public Cases mapped(InputMap map) {
        Matrix x = Matrix.zeros(batch.inputs().precision(), batch.cases(), map.width());
        map.apply(batch.inputs(), x);
        return new MemoryCases(batch.with(x, batch.inputs() == batch.targets() ? x : batch.targets()));
    }

    @Override
    public Cases first(int count) {
        return new MemoryCases(batch.rows(0, count));
    }
}
