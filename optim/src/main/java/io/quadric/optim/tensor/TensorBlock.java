package io.quadric.optim.tensor;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Tensor;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Archive;
import java.util.List;
import java.util.stream.IntStream;

/// One parameter array as a tensor, with a factor for each of its axes.
final class TensorBlock {
    private static final double RAISE = 10;
    private static final int RAISES = 12;

    private final ParameterSlice slice;
    private final List<Integer> dimensions;
    private final int[] sizes;
    private final List<TensorFactor> factors;

    /// @throws IllegalArgumentException if the dimensions do not multiply to the size of the array
    TensorBlock(ParameterSlice slice, List<Integer> dimensions, Precision precision) {
        if (dimensions.stream().anyMatch(d -> d < 1)
                || dimensions.stream().reduce(1, Math::multiplyExact) != slice.size()) {
            throw new IllegalArgumentException("parameter " + slice.name() + " of shape "
                    + slice.spec().dimensions() + " cannot be seen as a tensor of shape " + dimensions);
        }
        this.slice = slice;
        this.dimensions = List.copyOf(dimensions);
        sizes = dimensions.stream().mapToInt(d -> d).toArray();
        factors = IntStream.range(0, sizes.length)
                .mapToObj(mode -> new TensorFactor(mode, sizes[mode], precision))
                .toList();
    }

    private Tensor tensor(Vector own) {
        return Tensor.of(own, sizes);
    }

    /// Ĝ⁽ⁱ⁾ ← decay · Ĝ⁽ⁱ⁾ + weight · matᵢ(v) matᵢ(v)ᵀ for every axis.
    ///
    /// @param v of all parameters
    void observe(double weight, Vector v, double decay, Workspace ws) {
        Tensor own = tensor(slice.of(v));
        factors.forEach(factor -> factor.observe(weight, own, decay, ws));
    }

    /// Computes the factors. Where that fails, the damping of that axis is raised until it succeeds; if it never does,
    /// the previous factor is kept.
    ///
    /// @return the number of axes whose damping was raised
    int factor(TensorDirection.Method method, double epsilon, Workspace ws) {
        int raised = 0;
        for (TensorFactor factor : factors) {
            boolean done = method.factor(factor, dimensions, epsilon, ws);
            raised += done ? 0 : 1;
            double damping = epsilon;
            for (int r = 0; r < RAISES && !done; r++) {
                damping *= RAISE;
                done = method.factor(factor, dimensions, damping, ws);
            }
        }
        return raised;
    }

    /// The block's part of p ← p ×₁ factor₁ … ×_k factor_k
    void apply(Vector p, Workspace ws) {
        Vector own = slice.of(p);
        try (var frame = ws.open()) {
            Vector product = frame.vector(own.precision(), own.size());
            for (TensorFactor factor : factors) {
                factor.apply(tensor(own), tensor(product), ws);
                own.copyFrom(product);
            }
        }
    }

    void serialize(Archive archive) {
        for (int i = 0; i < factors.size(); i++) {
            factors.get(i).serialize(slice.name() + "." + i, archive);
        }
    }
}
