package io.quadric.engine.cases;

import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;

/// Cases whose inputs are mapped as batches are read.
///
/// @param whole the cases
/// @param map of their inputs
record MappedCases(Cases whole, InputMap map) implements Cases {
    @Override
    public int cases() {
        return whole.cases();
    }

    @Override
    public CaseForm form() {
        CaseForm its = whole.form();
        return new CaseForm(
                its.precision(), map.width(), its.reconstructs() ? map.width() : its.targets(), its.reconstructs());
    }

    @Override
    public double weight() {
        return whole.weight();
    }

    @Override
    public Batch chosen(int[] numbers, BatchRoom room) {
        return mapped(whole.chosen(numbers, room.source(whole.form())), room);
    }

    @Override
    public Batch drawn(Draw draw, int[] numbers, BatchRoom room) {
        return mapped(whole.drawn(draw, numbers, room.source(whole.form())), room);
    }

    @Override
    public Batch rows(int from, int to, BatchRoom room) {
        return mapped(whole.rows(from, to, room.source(whole.form())), room);
    }

    private Batch mapped(Batch batch, BatchRoom room) {
        Matrix x = room.inputs(batch.cases());
        map.apply(batch.inputs(), x);
        return batch.with(x, whole.form().reconstructs() ? x : batch.targets());
    }

    @Override
    public boolean changes() {
        return whole.changes();
    }

    @Override
    public Cases first(int count) {
        return new MappedCases(whole.first(count), map);
    }
}
