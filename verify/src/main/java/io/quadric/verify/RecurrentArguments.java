package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.recurrent.RecurrentLayer;
import java.util.List;

/// What the units of a recurrent layer see, number by number.
///
/// @param layer the layer
/// @param slices its arrays
/// @param theta the flat vector of the whole network
record RecurrentArguments(RecurrentLayer layer, List<ParameterSlice> slices, Vector theta) {
    /// {@return Wxh x + Whh h + b for every case, time step and unit}
    ///
    /// @param inputs one row per case
    Matrix of(Matrix inputs) {
        int features = slices.getFirst().spec().fanIn();
        int steps = inputs.columns() / features;
        Matrix arguments = Matrix.zeros(inputs.precision(), inputs.rows(), steps * layer.units());
        for (int n = 0; n < inputs.rows(); n++) {
            double[] h = slices.getLast().of(theta).toArray();
            for (int t = 0; t < steps; t++) {
                double[] x = inputs.row(n).slice(t * features, (t + 1) * features).toArray();
                double[] a = step(x, h);
                for (int i = 0; i < a.length; i++) {
                    arguments.set(n, t * a.length + i, a[i]);
                    h[i] = value(a[i]);
                }
            }
        }
        return arguments;
    }

    private double[] step(double[] x, double[] h) {
        double[] a = layer.bias() ? slices.get(2).of(theta).toArray() : new double[h.length];
        addProduct(slices.get(0).matrixOf(theta), x, a);
        addProduct(slices.get(1).matrixOf(theta), h, a);
        return a;
    }

    private static void addProduct(Matrix w, double[] x, double[] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < x.length; j++) {
                a[i] += w.get(i, j) * x[j];
            }
        }
    }

    private double value(double a) {
        return switch (layer.function()) {
            case RELU -> Math.max(0, a);
            case LEAKY_RELU -> a > 0 ? a : 0.1 * a;
            default -> throw new IllegalStateException("a function with a kink expected, got " + layer.function());
        };
    }
}
