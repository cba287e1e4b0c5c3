package io.quadric.verify;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.BlockRestricted;
import io.quadric.nn.CurvatureOperator;
import io.quadric.nn.HessianBlock;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ResidualLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Laws of the blocks on the diagonal of the Hessian, one block for each weight with its bias.
final class BlockLaws {
    /// Parameters up to which eigenvalues are computed.
    private static final int LARGEST = 200;

    static final List<Law> ALL = List.of(
            new Law(
                    "hessian-blocks-piecewise-linear",
                    "the diagonal blocks of H are those of G where every layer is piecewise linear",
                    Bound.ROUNDING,
                    BlockLaws::piecewiseLinear),
            new Law(
                    "curvature-blocks",
                    "products with a diagonal block of G or H are those with the whole matrix, within the block",
                    Bound.ROUNDING,
                    BlockLaws::walk),
            new Law(
                    "hessian-blocks-recursion",
                    "the diagonal blocks of H of dense chains are (1/N) Σ (āāᵀ) ⊗ 𝓗 + ηI, 𝓗 by recursion",
                    Bound.ROUNDING,
                    BlockLaws::recursion),
            new Law(
                    "gauss-newton-rank",
                    "no more eigenvalues of G − ηI than the summed ranks of the loss Hessians are not 0",
                    Bound.ROUNDING,
                    BlockLaws::rank));

    private BlockLaws() {}

    /// With all other parameters fixed, the outputs are then linear in those of one block (Botev et al. 2017, Lemma 1:
    /// the term with f'' vanishes).
    private static OptionalDouble piecewiseLinear(Probe probe) {
        List<AffineBlock> blocks = probe.subject().parameters().layout().blocks();
        if (blocks.isEmpty() || !arePiecewiseLinear(probe.subject().model().network().layers())) {
            return OptionalDouble.empty();
        }
        if (probe.hasOwnCurvature()) {
            return OptionalDouble.empty();
        }
        double error = 0;
        try (var frame = probe.workspace().open()) {
            var hessian = probe.at().hessian(frame);
            var gaussNewton = probe.at().gaussNewton();
            for (AffineBlock block : blocks) {
                ParameterBlock arrays = new ParameterBlock(slices(block));
                SelfAdjointOperator ofHessian = hessian.restrictedTo(arrays);
                SelfAdjointOperator ofGaussNewton = gaussNewton.restrictedTo(arrays);
                Vector v = RandomData.direction(probe.precision(), arrays.size(), probe.random());
                double floor = Errors.FLOOR * size(probe, arrays, v);
                error = Errors.max(error, Errors.relative(
                        product(ofHessian, v, probe.workspace()), product(ofGaussNewton, v, probe.workspace()), floor));
            }
        }
        return OptionalDouble.of(error);
    }

    /// Products that go through the layers from the block on, against products that go through all of them: of the
    /// first array, since its directions are known to be zero in all later layers, and of some neighbouring ones.
    private static OptionalDouble walk(Probe probe) {
        List<ParameterSlice> slices = probe.subject().parameters().layout().slices();
        int from = probe.random().nextInt(slices.size());
        int to = probe.random().nextInt(from, slices.size()) + 1;
        double error = 0;
        try (var frame = probe.workspace().open()) {
            for (CurvatureOperator whole : List.of(probe.at().gaussNewton(), probe.at().hessian(frame))) {
                error = Errors.max(error, walk(probe, whole, new ParameterBlock(slices.subList(0, 1))));
                error = Errors.max(error, walk(probe, whole, new ParameterBlock(slices.subList(from, to))));
            }
        }
        return OptionalDouble.of(error);
    }

    private static double walk(Probe probe, CurvatureOperator whole, ParameterBlock block) {
        Vector v = RandomData.direction(probe.precision(), block.size(), probe.random());
        return Errors.relative(
                product(whole.restrictedTo(block), v, probe.workspace()),
                product(new BlockRestricted(whole, block), v, probe.workspace()),
                Errors.FLOOR * size(probe, block, v));
    }

    private static OptionalDouble recursion(Probe probe) {
        if (!probe.isChainOfDense()) {
            return OptionalDouble.empty();
        }
        double error = 0;
        try (var frame = probe.workspace().open()) {
            var hessian = probe.at().hessian(frame);
            for (HessianBlock exact : HessianBlock.all(probe.at())) {
                ParameterBlock arrays = new ParameterBlock(slices(exact.block()));
                SelfAdjointOperator block = hessian.restrictedTo(arrays);
                Vector v = RandomData.direction(probe.precision(), block.size(), probe.random());
                double floor = Errors.FLOOR * size(probe, arrays, v);
                error = Errors.max(error, Errors.relative(
                        product(exact, v, probe.workspace()), product(block, v, probe.workspace()), floor));
            }
        }
        return OptionalDouble.of(error);
    }

    /// rank(G − ηI) ≤ Σ rank(Hᵢ) (Botev et al. 2017, Appendix E): the largest eigenvalue beyond that number, in
    /// relation to the largest of all.
    private static OptionalDouble rank(Probe probe) {
        int bound = lossRank(probe);
        if (probe.size() > LARGEST || probe.size() <= bound) {
            return OptionalDouble.empty();
        }
        Matrix g = probe.at().gaussNewton().toDense(probe.workspace());
        g.addToDiagonal(-probe.subject().model().l2());
        double[] sizes = Arrays.stream(eigenvalues(g, probe)).map(Math::abs).sorted().toArray();
        double floor = Errors.FLOOR * probe.curvatureSize(probe.direction());
        double largest = sizes[sizes.length - 1] + probe.subject().model().l2() + floor;
        return OptionalDouble.of(Errors.relative(sizes[sizes.length - 1 - bound], 0, largest));
    }

    /// The summed ranks of the curvatures of all rows.
    private static int lossRank(Probe probe) {
        int outputs = probe.at().outputs().columns();
        int cases = probe.at().cases();
        Matrix unit = probe.outputsLike();
        Matrix all = Matrix.zeros(probe.precision(), cases * outputs, outputs);
        for (int j = 0; j < outputs; j++) {
            unit.fill(0).columns(j, j + 1).fill(1);
            double[] column = probe.lossAt().curvature(probe.flatOutputs(), unit.flat());
            all.columns(j, j + 1).copyFrom(Matrix.of(cases * outputs, 1, column).copy(probe.precision()));
        }
        int rank = 0;
        for (int i = 0; i < cases; i++) {
            double[] values = eigenvalues(all.rows(i * outputs, (i + 1) * outputs).copy(), probe);
            double zero = Bound.ROUNDING.value(probe.precision()) * Errors.largest(values);
            rank += (int) Arrays.stream(values).filter(x -> Math.abs(x) > zero).count();
        }
        return rank;
    }

    private static double[] eigenvalues(Matrix a, Probe probe) {
        return switch (SymmetricEigen.decompose(a, probe.workspace())) {
            case SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen) -> eigen.values().toArray();
            case SymmetricEigen.Outcome.Failed failed -> new double[]{Double.NaN};
        };
    }

    private static boolean arePiecewiseLinear(List<Layer> layers) {
        return layers.stream().allMatch(layer -> switch (layer) {
            case Activation(ElementaryFunction f) ->
                f == ElementaryFunction.LINEAR || f == ElementaryFunction.RELU || f == ElementaryFunction.LEAKY_RELU;
            case ResidualLayer(List<Layer> body, List<Layer> shortcut) ->
                arePiecewiseLinear(body) && arePiecewiseLinear(shortcut);
            case DenseLayer dense -> true;
            case ConvolutionLayer convolution -> true;
            case MaxPoolingLayer pooling -> true;
            case AveragePoolingLayer pooling -> true;
            case GlobalAveragePoolingLayer pooling -> true;
            case FlattenLayer flatten -> true;
            case PadChannelsLayer pad -> true;
            default -> false;
        });
    }

    static List<ParameterSlice> slices(AffineBlock block) {
        List<ParameterSlice> slices = new ArrayList<>(List.of(block.weight()));
        block.bias().ifPresent(slices::add);
        return slices;
    }

    /// The size of the product if every loss Hessian were I.
    static double size(Probe probe, ParameterBlock block, Vector v) {
        Vector flat = Vector.zeros(probe.precision(), probe.size());
        block.scatter(v, flat);
        return probe.curvatureSize(flat);
    }

    static double[] product(SelfAdjointOperator block, Vector v, Workspace ws) {
        Vector product = Vector.zeros(v.precision(), v.size());
        block.apply(v, product, ws);
        return product.toArray();
    }
}
