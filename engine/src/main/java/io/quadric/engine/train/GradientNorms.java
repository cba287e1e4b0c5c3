package io.quadric.engine.train;

import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import java.util.List;
import java.util.function.Consumer;

/// The norms of the gradient of the steps for which somebody asks.
final class GradientNorms implements Consumer<Vector> {
    private final List<ParameterSlice> slices;
    private boolean asked;
    private List<Double> last = List.of();

    GradientNorms(List<ParameterSlice> slices) {
        this.slices = slices;
    }

    /// Before a step.
    void ask(boolean wanted) {
        asked = wanted;
        last = List.of();
    }

    @Override
    public void accept(Vector gradient) {
        if (asked) {
            last = slices.stream().map(slice -> slice.of(gradient).norm()).toList();
        }
    }

    /// Those of the last step, array by array; empty if it was not asked for or had no finite gradient.
    List<Double> last() {
        return last;
    }
}
