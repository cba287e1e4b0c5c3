package io.quadric.bench.baseline;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Archive;
import java.util.List;

/// The weight matrices of a network with Shampoo's two factors of each, L = E[GGᵀ] and R = E[GᵀG], and a matrix that a
/// method makes of every factor.
final class FactoredMatrices {
    private final List<Factored> all;

    FactoredMatrices(ParameterLayout layout, Vector like) {
        all = layout.slices().stream()
                .filter(slice -> slice.spec().dimensions().size() > 1)
                .map(slice -> Factored.of(slice, slice.matrixOf(like)))
                .toList();
    }

    List<Factored> all() {
        return all;
    }

    void serialize(Archive archive) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).left().serialize("left." + i, archive);
            all.get(i).right().serialize("right." + i, archive);
        }
    }

    /// One side of a weight matrix.
    ///
    /// @param factor L or R
    /// @param made what the method makes of it, I at first
    record Side(Matrix factor, Matrix made) {
        private static Side of(Matrix like, int order) {
            return new Side(
                    Matrix.zeros(like.precision(), order, order), Matrix.identity(like.precision(), order));
        }

        private void serialize(String name, Archive archive) {
            archive.array(name, factor.flat());
            archive.array(name + ".made", made.flat());
        }
    }

    /// One weight matrix.
    ///
    /// @param slice where it lies
    /// @param left the side of its rows
    /// @param right the side of its columns
    record Factored(ParameterSlice slice, Side left, Side right) {
        private static Factored of(ParameterSlice slice, Matrix like) {
            return new Factored(slice, Side.of(like, like.rows()), Side.of(like, like.columns()));
        }

        List<Side> sides() {
            return List.of(left, right);
        }

        /// L ← βL + (1−β)GGᵀ and R ← βR + (1−β)GᵀG
        void observe(Vector g, double beta, Workspace ws) {
            Matrix gradient = slice.matrixOf(g);
            Gemm average = new Gemm(1 - beta, beta);
            average.syrk(gradient, left.factor, ws);
            average.syrk(gradient.t(), right.factor, ws);
        }

        /// X ← A X B with what was made of L and R, which is symmetric, such as a root.
        void multiply(Matrix x, Workspace ws) {
            multiply(left.made, x, right.made, ws);
        }

        /// X ← Qᵀ X P with the bases Q and P that were made of L and R.
        void intoBases(Matrix x, Workspace ws) {
            multiply(left.made.t(), x, right.made, ws);
        }

        /// X ← Q X Pᵀ, back from the bases.
        void fromBases(Matrix x, Workspace ws) {
            multiply(left.made, x, right.made.t(), ws);
        }

        private static void multiply(GemmOperand a, Matrix x, GemmOperand b, Workspace ws) {
            try (var frame = ws.open()) {
                Matrix half = frame.matrix(x.precision(), x.rows(), x.columns());
                Gemm.SET.multiply(a, x, half, ws);
                Gemm.SET.multiply(half, b, x, ws);
            }
        }
    }
}
