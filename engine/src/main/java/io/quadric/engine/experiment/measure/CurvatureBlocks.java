package io.quadric.engine.experiment.measure;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.HessianBlock;
import io.quadric.nn.Linearization;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.curvature.FactorSource;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The exact curvature of one weight with its bias and what Kronecker products make of it, written out (Botev et al.
/// 2017, §2 and §3).
///
/// Rows and columns are the parameters unit by unit, of each unit its incoming weights and then its bias: the order in
/// which G ⊗ A, with G of the outputs and A of the inputs and a one, is the Kronecker product itself.
///
/// @param block weight and bias
/// @param matrices n × n each, for n = outputs · (inputs + 1)
public record CurvatureBlocks(AffineBlock block, Map<Kind, Matrix> matrices) {
    /// The matrices, in the order of pictures and tables.
    public enum Kind {
        /// ∂²f/∂θ_l², by the recursion of §2.2.
        HESSIAN("Hessian"),
        /// (1/N) Σ JᵀH_L J, the block of the generalised Gauss-Newton matrix.
        GAUSS_NEWTON("Gauss-Newton"),
        /// G ⊗ A with the exact expectation of G (§3.4).
        KFLR("KFLR"),
        /// G ⊗ A with the recursion for G (§3.5).
        KFRA("KFRA"),
        /// G ⊗ A with G from one drawn target for each case (Martens & Grosse 2015).
        KFAC("KFAC");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /// {@return its name in tables}
        public String label() {
            return label;
        }
    }

    /// Copies the map.
    public CurvatureBlocks {
        matrices = new EnumMap<>(matrices);
    }

    /// {@return the blocks of all layers, in order}
    ///
    /// @param at a chain of dense layers and elementwise functions, in FLOAT64
    /// @param random draws the targets of KFAC
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if the network is not such a chain
    public static List<CurvatureBlocks> of(Linearization at, RandomGenerator random, Workspace ws) {
        List<HessianBlock> hessians = HessianBlock.all(at);
        KroneckerFactors exact = factors(at, GradientSource.EXACT, random);
        KroneckerFactors recursive = factors(at, FactorSource.Recursion.RECURSIVE, random);
        KroneckerFactors sampled = factors(at, GradientSource.SAMPLED, random);
        List<CurvatureBlocks> all = new ArrayList<>();
        for (HessianBlock hessian : hessians) {
            AffineBlock block = hessian.block();
            int i = block.index();
            all.add(new CurvatureBlocks(block, Map.of(
                    Kind.HESSIAN, byUnits(hessian, block, ws),
                    Kind.GAUSS_NEWTON, byUnits(at.gaussNewton().restrictedTo(parameters(block)), block, ws),
                    Kind.KFLR, new Kronecker(exact.output(i), exact.input(i)).toDense(ws),
                    Kind.KFRA, new Kronecker(recursive.output(i), recursive.input(i)).toDense(ws),
                    Kind.KFAC, new Kronecker(sampled.output(i), sampled.input(i)).toDense(ws))));
        }
        return all;
    }

    private static KroneckerFactors factors(Linearization at, FactorSource source, RandomGenerator random) {
        KroneckerFactors factors = new KroneckerFactors(at.parameters().layout(), Precision.FLOAT64);
        factors.observe(new Observation(0, 1), at, source, random);
        return factors;
    }

    private static ParameterBlock parameters(AffineBlock block) {
        List<ParameterSlice> slices = new ArrayList<>(List.of(block.weight()));
        block.bias().ifPresent(slices::add);
        return new ParameterBlock(slices);
    }

    /// Written out, from the order "all weights, then all biases" to units one after another.
    private static Matrix byUnits(SelfAdjointOperator operator, AffineBlock block, Workspace ws) {
        Matrix dense = operator.toDense(ws);
        Matrix ordered = Matrix.zeros(dense.precision(), dense.rows(), dense.columns());
        for (int i = 0; i < dense.rows(); i++) {
            for (int j = 0; j < dense.columns(); j++) {
                ordered.set(i, j, dense.get(stored(i, block), stored(j, block)));
            }
        }
        return ordered;
    }

    private static int stored(int place, AffineBlock block) {
        int unit = place / block.augmentedInputs();
        int input = place % block.augmentedInputs();
        return input < block.inputs() ? unit * block.inputs() + input : block.weight().size() + unit;
    }

    /// {@return ‖X‖, the root of the sum of the squares of all entries}
    ///
    /// @param kind X
    public double norm(Kind kind) {
        return matrices.get(kind).norm();
    }

    /// {@return ‖X − B‖ / ‖B‖}
    ///
    /// @param kind X
    /// @param reference B
    public double error(Kind kind, Kind reference) {
        Matrix difference = matrices.get(kind).copy();
        return difference.axpby(-1, matrices.get(reference), 1).norm() / norm(reference);
    }

    /// {@return ⟨X, B⟩ / (‖X‖ ‖B‖)}, 1 if one is a positive multiple of the other
    ///
    /// @param kind X
    /// @param reference B
    public double cosine(Kind kind, Kind reference) {
        return matrices.get(kind).dot(matrices.get(reference)) / (norm(kind) * norm(reference));
    }
}
