package io.quadric.verify;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Activation;
import io.quadric.nn.AffineBlock;
import io.quadric.nn.AveragePoolingLayer;
import io.quadric.nn.BlockRestricted;
import io.quadric.nn.ConvolutionLayer;
import io.quadric.nn.DenseLayer;
import io.quadric.nn.FlattenLayer;
import io.quadric.nn.GlobalAveragePoolingLayer;
import io.quadric.nn.Layer;
import io.quadric.nn.MaxPoolingLayer;
import io.quadric.nn.PadChannelsLayer;
import io.quadric.nn.ParameterSlice;
import io.quadric.nn.ResidualLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Laws of the blocks on the diagonal of the Hessian, one block for each weight with its bias.
final class BlockLaws {
    static final List<Law> ALL = List.of(new Law(
            "hessian-blocks-piecewise-linear",
            "the diagonal blocks of H are those of G where every layer is piecewise linear",
            Bound.ROUNDING,
            BlockLaws::piecewiseLinear));

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
                BlockRestricted ofHessian = new BlockRestricted(hessian, slices(block));
                BlockRestricted ofGaussNewton = new BlockRestricted(gaussNewton, slices(block));
                Vector v = RandomData.direction(probe.precision(), ofHessian.size(), probe.random());
                double floor = Errors.FLOOR * size(probe, ofHessian, v);
                error = Errors.max(error, Errors.relative(
                        product(ofHessian, v, probe.workspace()), product(ofGaussNewton, v, probe.workspace()), floor));
            }
        }
        return OptionalDouble.of(error);
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
    static double size(Probe probe, BlockRestricted block, Vector v) {
        Vector flat = Vector.zeros(probe.precision(), probe.size());
        block.scatter(v, flat);
        return probe.curvatureSize(flat);
    }

    static double[] product(BlockRestricted block, Vector v, Workspace ws) {
        Vector product = Vector.zeros(v.precision(), v.size());
        block.apply(v, product, ws);
        return product.toArray();
    }
}
