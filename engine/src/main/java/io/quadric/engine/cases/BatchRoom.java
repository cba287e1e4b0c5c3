package io.quadric.engine.cases;

import io.quadric.linalg.Matrix;
import java.util.Optional;

/// Matrices for one batch after the other, which grow with the largest of them.
public final class BatchRoom {
    private final CaseForm form;
    private Matrix inputs;
    private Matrix targets;
    private Matrix x;
    private Matrix t;
    private Optional<BatchRoom> source = Optional.empty();

    /// Room for batches of no case so far.
    ///
    /// @param form of the cases
    public BatchRoom(CaseForm form) {
        this.form = form;
        grow(0);
        take(0);
    }

    private void grow(int capacity) {
        inputs = Matrix.zeros(form.precision(), capacity, form.inputs());
        targets = form.reconstructs() ? inputs : Matrix.zeros(form.precision(), capacity, form.targets());
    }

    /// Room for the batches that those in this one are made of.
    BatchRoom source(CaseForm itsForm) {
        if (source.isEmpty()) {
            source = Optional.of(new BatchRoom(itsForm));
        }
        return source.get();
    }

    private void take(int cases) {
        if (cases > inputs.rows()) {
            grow(cases);
        }
        x = inputs.rows(0, cases);
        t = form.reconstructs() ? x : targets.rows(0, cases);
    }

    /// {@return a row for the inputs of each case}; what is in it is of the batch before.
    ///
    /// @param cases of the batch
    public Matrix inputs(int cases) {
        if (cases != x.rows()) {
            take(cases);
        }
        return x;
    }

    /// {@return a row for the targets of each case}; the same matrix as that of the inputs if they are the targets.
    ///
    /// @param cases of the batch
    public Matrix targets(int cases) {
        if (cases != x.rows()) {
            take(cases);
        }
        return t;
    }
}
