package io.quadric.verify;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseGradients;
import io.quadric.nn.KfraFactors;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import java.util.List;
import java.util.OptionalDouble;

/// Laws of what is gathered case by case and layer by layer.
final class StatisticsLaws {
    static final List<Law> ALL = List.of(
            new Law(
                    "gradient-is-mean",
                    "∇f = (1/N) Σ ∇Lᵢ + ηθ with every case alone",
                    Bound.ROUNDING,
                    StatisticsLaws::mean),
            new Law(
                    "case-gradients",
                    "the gradients of all cases from one backward pass are those of every case alone",
                    Bound.ROUNDING,
                    StatisticsLaws::caseGradients),
            new Law(
                    "fisher-diagonal",
                    "the empirical Fisher diagonal is (1/N) Σ (∇Lᵢ)² with every case alone",
                    Bound.ROUNDING,
                    StatisticsLaws::fisherDiagonal),
            new Law(
                    "kronecker-one-case",
                    "with one case the Gauss-Newton block of a weight is A ⊗ G, G exact",
                    Bound.ROUNDING,
                    StatisticsLaws::kronecker),
            new Law(
                    "kfra-one-case",
                    "with one case the recursion of KFRA gives the exact G",
                    Bound.ROUNDING,
                    StatisticsLaws::kfra),
            new Law(
                    "kfra-equal-cases",
                    "the recursion of KFRA on three equal cases is that on one",
                    Bound.ROUNDING,
                    StatisticsLaws::kfraOfEqualCases));

    private StatisticsLaws() {}

    private static OptionalDouble mean(Probe probe) {
        if (!probe.casesAreIndependent()) {
            return OptionalDouble.empty();
        }
        double[][] gradients = DenseReference.caseGradients(probe.at(), probe.workspace());
        Vector theta = probe.subject().parameters().values();
        double[] sum = new double[theta.size()];
        double largest = 0;
        for (int n = 0; n < gradients.length; n++) {
            largest = Errors.max(largest, Errors.largest(gradients[n]));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += share(probe, n) * gradients[n][i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += probe.subject().model().l2() * theta.get(i);
        }
        double floor = Errors.FLOOR * probe.gradientSize();
        return OptionalDouble.of(Errors.relative(probe.gradient().toArray(), sum, largest + floor));
    }

    /// Of a case in a mean.
    private static double share(Probe probe, int i) {
        Batch batch = probe.subject().batch();
        return batch.weights().at(i) / batch.weight();
    }

    private static OptionalDouble caseGradients(Probe probe) {
        if (!probe.casesAreIndependent()) {
            return OptionalDouble.empty();
        }
        double[][] alone = DenseReference.caseGradients(probe.at(), probe.workspace());
        Matrix together = Matrix.zeros(probe.precision(), alone.length, probe.size());
        CaseGradients.of(probe.at(), together);
        double floor = Errors.FLOOR * probe.gradientSize();
        double error = 0;
        for (int i = 0; i < alone.length; i++) {
            error = Errors.max(error, Errors.relative(together.row(i).toArray(), alone[i], floor));
        }
        return OptionalDouble.of(error);
    }

    private static OptionalDouble fisherDiagonal(Probe probe) {
        if (!probe.casesAreIndependent()) {
            return OptionalDouble.empty();
        }
        double[][] gradients = DenseReference.caseGradients(probe.at(), probe.workspace());
        double[] squares = new double[probe.size()];
        for (int n = 0; n < gradients.length; n++) {
            for (int i = 0; i < squares.length; i++) {
                squares[i] += share(probe, n) * gradients[n][i] * gradients[n][i];
            }
        }
        Vector diagonal = Vector.zeros(probe.precision(), probe.size());
        probe.at().empiricalFisherDiagonal(diagonal);
        double floor = Errors.FLOOR * Math.pow(probe.gradientSize(), 2);
        return OptionalDouble.of(Errors.relative(diagonal.toArray(), squares, floor));
    }

    /// The first case alone, without the penalty.
    private static Linearization oneCase(Probe probe) {
        return bare(probe, probe.subject().batch().rows(0, 1));
    }

    private static Linearization bare(Probe probe, Batch first) {
        Subject subject = probe.subject();
        Model bare = new Model(subject.model().network(), subject.model().loss());
        return Linearization.at(bare, subject.parameters(), first, probe.workspace());
    }

    private static KroneckerFactors exactFactors(Linearization at, Probe probe) {
        KroneckerFactors factors = new KroneckerFactors(at.parameters().layout(), probe.precision());
        factors.observe(new Observation(0, 1), at, GradientSource.EXACT, probe.random());
        return factors;
    }

    private static OptionalDouble kronecker(Probe probe) {
        if (!probe.isConvex() || !probe.isChainOfDense()) {
            return OptionalDouble.empty();
        }
        double error = 0;
        try (var at = oneCase(probe)) {
            KroneckerFactors factors = exactFactors(at, probe);
            for (AffineBlock block : at.parameters().layout().blocks()) {
                error = Errors.max(error, kronecker(probe, at, factors, block));
            }
        }
        return OptionalDouble.of(error);
    }

    /// G V A for V = [W b] of a random direction against the Gauss-Newton product of that direction, zero elsewhere.
    private static double kronecker(Probe probe, Linearization at, KroneckerFactors factors, AffineBlock block) {
        Vector random = probe.direction();
        Vector v = Vector.zeros(probe.precision(), probe.size());
        block.weight().of(v).copyFrom(block.weight().of(random));
        block.bias().ifPresent(bias -> bias.of(v).copyFrom(bias.of(random)));
        Vector product = Vector.zeros(probe.precision(), probe.size());
        at.gaussNewton().apply(v, product, probe.workspace());
        Matrix joined = joined(block, v);
        Matrix left = Matrix.zeros(probe.precision(), joined.rows(), joined.columns());
        Matrix expected = Matrix.zeros(probe.precision(), joined.rows(), joined.columns());
        Gemm.SET.multiply(factors.output(block.index()), joined, left, probe.workspace());
        Gemm.SET.multiply(left, factors.input(block.index()), expected, probe.workspace());
        double floor = Errors.FLOOR * probe.curvatureSize(v) + Errors.largest(left.flat().toArray());
        return Errors.relative(
                joined(block, product).flat().toArray(), expected.flat().toArray(), floor);
    }

    private static Matrix joined(AffineBlock block, Vector flat) {
        Matrix joined = Matrix.zeros(flat.precision(), block.outputs(), block.augmentedInputs());
        joined.columns(0, block.inputs()).copyFrom(block.weight().matrixOf(flat));
        block.bias()
                .ifPresent(bias -> joined.columns(block.inputs(), block.inputs() + 1)
                        .copyFrom(bias.of(flat).asMatrix(block.outputs(), 1)));
        return joined;
    }

    private static OptionalDouble kfra(Probe probe) {
        if (!probe.isConvex() || !probe.isChainOfDense()) {
            return OptionalDouble.empty();
        }
        double error = 0;
        try (var at = oneCase(probe)) {
            KroneckerFactors exact = exactFactors(at, probe);
            List<Matrix> recursion = KfraFactors.outputFactors(at);
            double floor = Errors.FLOOR * backwardSize(at, probe);
            for (int i = 0; i < exact.count(); i++) {
                double[] expected = exact.output(i).flat().toArray();
                error = Errors.max(error, Errors.relative(recursion.get(i).flat().toArray(), expected, floor));
            }
        }
        return OptionalDouble.of(error);
    }

    private static OptionalDouble kfraOfEqualCases(Probe probe) {
        if (!probe.isConvex() || !probe.isChainOfDense()) {
            return OptionalDouble.empty();
        }
        List<Matrix> expected;
        double floor;
        try (var at = oneCase(probe)) {
            expected = KfraFactors.outputFactors(at);
            floor = Errors.FLOOR * backwardSize(at, probe);
        }
        double error = 0;
        try (var at = bare(probe, probe.subject().batch().chosen(new int[]{0, 0, 0}))) {
            List<Matrix> together = KfraFactors.outputFactors(at);
            for (int i = 0; i < expected.size(); i++) {
                double[] one = expected.get(i).flat().toArray();
                error = Errors.max(error, Errors.relative(together.get(i).flat().toArray(), one, floor));
            }
        }
        return OptionalDouble.of(error);
    }

    /// The size of a factor G if the loss Hessian were I: the largest square of what arrives from unit cotangents.
    private static double backwardSize(Linearization at, Probe probe) {
        Matrix u = probe.cotangent().rows(0, 1);
        double[] largest = new double[1];
        at.backward(u, new Sink() {
            @Override
            public void affine(AffineBlock block, Rows rows, Workspace ws) {
                largest[0] = Math.max(largest[0], Errors.largest(rows.gradients().copy().flat().toArray()));
            }

            @Override
            public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
                // chains of dense layers report blocks alone
            }
        });
        return largest[0] * largest[0];
    }
}
