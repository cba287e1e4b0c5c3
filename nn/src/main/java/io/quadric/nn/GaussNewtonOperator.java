package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.GradientSink;
import io.quadric.nn.layer.LayerChain;
import io.quadric.nn.layer.StackedGradients;
import io.quadric.nn.layer.TangentStacks;

/// G = (1/N) Σ Jᵢᵀ Hᵢ Jᵢ + ηI at a linearization.
///
/// @param at the linearization
/// @param layers from the first one with parameters on
record GaussNewtonOperator(Linearization at, LayerChain layers) implements CurvatureOperator {
    /// Directions of one pass: more of them hardly make the matrix products faster, and the memory grows with them.
    private static final int JOINED = 8;

    @Override
    public int size() {
        return at.parameters().values().size();
    }

    @Override
    public Precision precision() {
        return at.parameters().values().precision();
    }

    @Override
    public void apply(Vector v, Vector gv, Workspace ws) {
        check(v, gv);
        at.requireCurrent();
        at.clear(gv);
        try (var frame = ws.open()) {
            Matrix rz = at.outputsLike(frame);
            Matrix hrz = at.outputsLike(frame);
            layers.jvp(v, at.noMatrix(), rz, ws);
            at.batchLoss().curvatureProduct(rz, hrz, ws);
            layers.backward(hrz, at.noMatrix(), new GradientSink(gv, 1.0 / at.cases()), ws);
        }
        at.model().addPenalty(v, gv, ws);
    }

    /// (1/N) Σ (Jᵢv)ᵀ Hᵢ (Jᵢv) + η‖v‖²
    @Override
    public double quadraticForm(Vector v, Workspace ws) {
        at.requireCurrent();
        try (var frame = ws.open()) {
            Matrix rz = at.outputsLike(frame);
            Matrix hrz = at.outputsLike(frame);
            layers.jvp(v, at.noMatrix(), rz, ws);
            at.batchLoss().curvatureProduct(rz, hrz, ws);
            return rz.dot(hrz) / at.cases() + at.model().penalty(v, ws);
        }
    }

    /// (1/N) Σ (Jᵢv)ᵀ Hᵢ (Jᵢw) + ηvᵀw, from one pass for all directions.
    @Override
    public void quadraticForms(Matrix v, Matrix gram, Workspace ws) {
        if (gram.rows() != v.rows() || gram.columns() != v.rows() || v.columns() != size()) {
            throw new IllegalArgumentException("gram is " + gram.shape() + " for directions " + v.shape() + " of "
                    + size() + " parameters");
        }
        at.requireCurrent();
        int k = v.rows();
        try (var frame = ws.open()) {
            Matrix rz = frame.matrix(precision(), at.cases(), k * at.outputs().columns());
            Matrix hrz = frame.matrix(precision(), at.cases(), k * at.outputs().columns());
            layers.jvp(v, at.noMatrix(), rz, ws);
            TangentStacks.each(k, rz, hrz, ws, (d, in, out) -> at.batchLoss().curvatureProduct(in, out, ws));
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    double penalty = at.model().l2() == 0 ? 0 : at.model().l2() * v.row(i).dot(v.row(j));
                    gram.set(i, j, direction(i, k, rz).dot(direction(j, k, hrz)) / at.cases() + penalty);
                }
            }
        }
    }

    private static Matrix direction(int d, int k, Matrix stack) {
        int columns = stack.columns() / k;
        return stack.columns(d * columns, (d + 1) * columns);
    }

    /// One pass for every [#JOINED] directions.
    @Override
    public void applyRows(Matrix v, Matrix gv, Workspace ws) {
        checkRows(v, gv);
        for (int from = 0; from < v.rows(); from += JOINED) {
            int to = Math.min(v.rows(), from + JOINED);
            applyTogether(v.rows(from, to), gv.rows(from, to), ws);
        }
    }

    private void applyTogether(Matrix v, Matrix gv, Workspace ws) {
        at.requireCurrent();
        int k = v.rows();
        try (var frame = ws.open()) {
            Matrix rz = frame.matrix(precision(), at.cases(), k * at.outputs().columns());
            Matrix hrz = frame.matrix(precision(), at.cases(), k * at.outputs().columns());
            layers.jvp(v, at.noMatrix(), rz, ws);
            TangentStacks.each(k, rz, hrz, ws, (d, in, out) -> at.batchLoss().curvatureProduct(in, out, ws));
            layers.backward(hrz, at.noMatrix(), new StackedGradients(gv.fill(0), 1.0 / at.cases()), ws);
        }
        if (at.model().l2() != 0) {
            gv.axpby(at.model().l2(), v, 1);
        }
    }

    @Override
    public SelfAdjointOperator restrictedTo(ParameterBlock block) {
        return new Block(at, new BlockWalk(at, block));
    }

    /// A diagonal block of the Gauss-Newton matrix.
    ///
    /// @param at the linearization
    /// @param walk the block and the layers that its products go through
    record Block(Linearization at, BlockWalk walk) implements SelfAdjointOperator {
        @Override
        public int size() {
            return walk.block().size();
        }

        @Override
        public Precision precision() {
            return at.parameters().values().precision();
        }

        @Override
        public void apply(Vector v, Vector product, Workspace ws) {
            check(v, product);
            at.requireCurrent();
            try (var frame = ws.open()) {
                Vector flat = frame.vector(precision(), at.parameters().values().size());
                Matrix rz = at.outputsLike(frame);
                Matrix hrz = at.outputsLike(frame);
                walk.scatter(v, flat);
                walk.forward(flat, rz, ws);
                at.batchLoss().curvatureProduct(rz, hrz, ws);
                walk.backward(hrz, flat, ws);
                walk.block().gather(flat, product);
            }
            at.model().addPenalty(v, product, ws);
        }
    }
}
