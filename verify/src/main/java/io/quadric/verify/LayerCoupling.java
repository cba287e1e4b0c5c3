package io.quadric.verify;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import java.util.ArrayList;
import java.util.List;

/// What the Gauss-Newton matrix has outside its diagonal blocks: the block of two weight-and-bias blocks λ and β is the
/// mean over the cases of (āλ āβᵀ) ⊗ 𝒢, with 𝒢 = (∂z/∂hλ)ᵀ H (∂z/∂hβ) of the case (Botev et al. 2017, (14)–(18)), and
/// 1 appended to the inputs a of a block with bias. The methods of that paper leave it out, and take the mean of the
/// product for the product of the means.
///
/// @param inputsOf for each of both blocks, āᵢ of the cases as rows
/// @param columnsOf for each of both blocks, the matrices whose rows are (∂zᵢ/∂h)ᵀ sᵢ, for each column s of the square
///     root of H
public record LayerCoupling(List<Matrix> inputsOf, List<List<Matrix>> columnsOf) {
    /// {@return the coupling of two blocks}
    ///
    /// @param at the linearization, of cases that all count the same
    /// @param first λ
    /// @param second β
    /// @throws IllegalArgumentException if a block has several positions in a case, or the loss has no square root
    public static LayerCoupling of(Linearization at, AffineBlock first, AffineBlock second) {
        List<Recorder> recorders = List.of(new Recorder(first), new Recorder(second));
        Matrix s = at.outputs().copy();
        for (int column = 0; column < at.rootColumns(); column++) {
            at.hessianRoot(column, s);
            at.backward(s, recorders.getFirst().and(recorders.getLast()));
        }
        return new LayerCoupling(
                recorders.stream().map(r -> r.inputs.getFirst()).toList(),
                recorders.stream().map(r -> List.copyOf(r.gradients)).toList());
    }

    /// {@return (1/N) Σ āλ āβᵀ, the mean of (18)}
    ///
    /// @param ws threads and scratch
    public Matrix inputFactor(Workspace ws) {
        return meanProduct(inputsOf.getFirst(), inputsOf.getLast(), ws);
    }

    /// {@return (1/N) Σ 𝒢, the mean of (15)}
    ///
    /// @param ws threads and scratch
    public Matrix outputFactor(Workspace ws) {
        Matrix sum = meanProduct(columnsOf.getFirst().getFirst(), columnsOf.getLast().getFirst(), ws).fill(0);
        for (int c = 0; c < columnsOf.getFirst().size(); c++) {
            sum.axpby(1, meanProduct(columnsOf.getFirst().get(c), columnsOf.getLast().get(c), ws), 1);
        }
        return sum;
    }

    /// {@return the block itself times a matrix V shaped like [W b] of β, shaped like that of λ}: the mean over the
    /// cases of 𝒢 V āβ āλᵀ.
    ///
    /// @param v V
    /// @param ws threads and scratch
    public Matrix product(Matrix v, Workspace ws) {
        Matrix va = Matrix.zeros(v.precision(), inputsOf.getLast().rows(), v.rows());
        Gemm.SET.multiply(inputsOf.getLast(), v.t(), va, ws);
        Matrix sum = Matrix.zeros(
                v.precision(), columnsOf.getFirst().getFirst().columns(), inputsOf.getFirst().columns());
        for (int c = 0; c < columnsOf.getFirst().size(); c++) {
            Matrix weighted = columnsOf.getFirst().get(c).copy();
            for (int i = 0; i < weighted.rows(); i++) {
                weighted.row(i).scale(columnsOf.getLast().get(c).row(i).dot(va.row(i)));
            }
            sum.axpby(1, meanProduct(weighted, inputsOf.getFirst(), ws), 1);
        }
        return sum;
    }

    /// (1/N) XᵀY
    private static Matrix meanProduct(Matrix x, Matrix y, Workspace ws) {
        Matrix product = Matrix.zeros(x.precision(), x.columns(), y.columns());
        new Gemm(1.0 / x.rows(), 0).multiply(x.t(), y, product, ws);
        return product;
    }

    /// Keeps the rows of one block.
    private static final class Recorder implements Sink {
        private final AffineBlock wanted;
        private final List<Matrix> inputs = new ArrayList<>();
        private final List<Matrix> gradients = new ArrayList<>();

        Recorder(AffineBlock wanted) {
            this.wanted = wanted;
        }

        @Override
        public void affine(AffineBlock block, Rows rows, Workspace ws) {
            if (block.index() != wanted.index()) {
                return;
            }
            if (rows.positions() > 1 || !rows.cases().areEqual()) {
                throw new IllegalArgumentException("the block of " + block.weight().name() + " has " + rows.positions()
                        + " positions in a case, expected 1 and cases of equal weight");
            }
            Matrix x = Matrix.zeros(rows.inputs().precision(), rows.inputs().rows(), block.augmentedInputs()).fill(1);
            x.columns(0, block.inputs()).copyFrom(rows.inputs());
            inputs.add(x);
            gradients.add(rows.gradients().copy());
        }

        @Override
        public void direct(ParameterSlice slice, Matrix rows, Workspace ws) {
            // not of a block
        }
    }
}
