package io.quadric.engine.train;

import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import java.util.List;
import java.util.function.Consumer;

/// Whether a step had a finite gradient, and the norms of it if somebody asks.
final class GradientNorms implements Consumer<Vector> {
    private final List<ParameterSlice> slices;
    private boolean asked;
    private boolean heard;
    private List<Double> last = List.of();

    GradientNorms(List<ParameterSlice> slices) {
        this.slices = slices;
    }

    /// Before a step.
    void ask(boolean wanted) {
        asked = wanted;
        heard = false;
        last = List.of();
    }

    @Override
    public void accept(Vector gradient) {
        heard = true;
        if (asked) {
            last = slices.stream().map(slice -> slice.of(gradient).norm()).toList();
        }
    }

    /// Whether there was a gradient since it was last asked for; of those that are not finite none is told.
    boolean heard() {
        return heard;
    }

    /// Those of the last step, array by array; empty if it was not asked for or had no finite gradient.
    List<Double> last() {
        return last;
    }
}
