package io.quadric.nn;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.LayerChain;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Back-propagates the square root of the loss Hessians, column by column: the reports g of a case at a block satisfy Σ
/// ggᵀ = JᵀHJ, with the Jacobian J of the outputs with respect to what leaves the block.
///
/// Where the network has a waist of d values between two layers, far fewer than there are columns, the columns end
/// there: from there on d others go down, those of the square root of JᵀHJ at the waist, which a case has to itself as
/// long as layers do not couple cases. An autoencoder 784-…-30-…-784 then takes 784 passes through its decoder and 30
/// through its encoder.
///
/// Columns of a diagonal Hessian have one element. They pass through a dense layer at the end by a row of its weight,
/// not by a product with all of it.
final class HessianRoots {
    private static final int TOGETHER = 8;
    private final Linearization at;
    private final LayerChain layers;
    private final Workspace ws;

    HessianRoots(Linearization at, LayerChain layers) {
        this.at = at;
        this.layers = layers;
        this.ws = at.workspace();
    }

    /// Runs the passes.
    ///
    /// @param sinks the receiver of the k-th report about a block
    void backward(IntFunction<Sink> sinks) {
        if (at.couplesCases()) {
            columns((column, dz) -> at.backward(dz, sinks.apply(column)));
            return;
        }
        waist().ifPresentOrElse(
                waist -> through(waist, sinks),
                () -> columns((column, dz) -> down(column, dz, layers, at.noMatrix(), sinks.apply(column))));
    }

    /// Something done with a column.
    private interface Column {
        void take(int column, Matrix dz);
    }

    private void columns(Column action) {
        try (var frame = ws.open()) {
            Matrix dz = at.outputsLike(frame);
            for (int c = 0; c < at.rootColumns(); c++) {
                at.hessianRoot(c, dz);
                action.take(c, dz);
            }
        }
    }

    /// The last layer before which a case has the fewest values, if d² values of a case are no more than what it has at
    /// four layers as wide as the output.
    private OptionalInt waist() {
        Network network = at.model().network();
        int columns = at.rootColumns();
        return IntStream.range(network.firstParametric() + 1, network.layers().size())
                .filter(i -> width(i) < columns && width(i) <= 4 * columns / width(i))
                .reduce((i, j) -> width(j) <= width(i) ? j : i);
    }

    private int width(int layer) {
        return at.model().network().path().shape(layer).size();
    }

    private void through(int waist, IntFunction<Sink> sinks) {
        LayerChain above = layers.from(waist);
        LayerChain below = layers.before(waist);
        int width = width(waist);
        try (var frame = ws.open()) {
            Matrix curvatures = frame.matrix(at.outputs().precision(), at.cases(), width * width).fill(0);
            Matrix some = frame.matrix(curvatures.precision(), at.cases(), TOGETHER * width);
            Matrix one = frame.matrix(curvatures.precision(), at.cases(), width);
            columns((c, dz) -> {
                down(c, dz, above, one, sinks.apply(c));
                int end = (c % TOGETHER + 1) * width;
                some.columns(end - width, end).copyFrom(one);
                if (end == some.columns() || c + 1 == at.rootColumns()) {
                    addProducts(some.columns(0, end), curvatures, width);
                }
            });
            replaceByRoots(curvatures, width);
            for (int c = 0; c < width; c++) {
                one.copyFrom(curvatures.columns(c * width, (c + 1) * width));
                below.backward(one, at.noMatrix(), sinks.apply(c), ws);
            }
        }
    }

    /// dx ← what the column leaves at the beginning of the chain.
    private void down(int column, Matrix dz, LayerChain chain, Matrix dx, Sink sink) {
        if (!endsInRows()) {
            chain.backward(dz, dx, sink, ws);
            return;
        }
        int last = at.model().network().layers().size() - 1;
        Matrix weight = at.model().network().blocks(last).getFirst().weight().matrixOf(at.parameters().values());
        try (var frame = ws.open()) {
            Matrix below = frame.matrix(dz.precision(), dz.rows(), weight.columns());
            Gemm.SET.multiply(dz.columns(column, column + 1), weight.rows(column, column + 1), below, ws);
            chain.pass(last).backward(dz, at.noMatrix(), sink, ws);
            chain.before(last).backward(below, dx, sink, ws);
        }
    }

    /// Whether column c of the root is zero but in element c, and the last layer is dense.
    private boolean endsInRows() {
        Network network = at.model().network();
        return at.batchLoss().isDiagonal() && network.layers().size() > 1
                && network.layers().getLast() instanceof DenseLayer && network.output() instanceof Shape.Features;
    }

    /// C ← C + SᵀS for each case, with the columns that are its rows of S.
    private void addProducts(Matrix columns, Matrix curvatures, int width) {
        for (int i = 0; i < at.cases(); i++) {
            Matrix s = columns.row(i).asMatrix(columns.columns() / width, width);
            Gemm.ADD.syrk(s.t(), curvatures.row(i).asMatrix(width, width), ws);
        }
    }

    /// C ← the symmetric square root of C, for each case; NaN where C is not finite.
    private void replaceByRoots(Matrix curvatures, int width) {
        try (var frame = ws.open()) {
            Matrix vectors = frame.matrix(curvatures.precision(), width, width);
            var values = frame.vector(curvatures.precision(), width);
            for (int i = 0; i < at.cases(); i++) {
                Matrix c = curvatures.row(i).asMatrix(width, width);
                switch (SymmetricEigen.decompose(c, values, vectors, ws)) {
                    case SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen) ->
                        eigen.function(value -> Math.sqrt(Math.max(value, 0)), c, ws);
                    case SymmetricEigen.Outcome.Failed failed -> c.fill(Double.NaN);
                }
            }
        }
    }
}
