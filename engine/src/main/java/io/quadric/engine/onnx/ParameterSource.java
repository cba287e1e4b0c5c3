package io.quadric.engine.onnx;

import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import java.util.Iterator;
import java.util.List;

/// Hands out a network's parameters and statistics in their order, which is that of the layers.
final class ParameterSource {
    private final Iterator<ParameterSlice> slices;
    private final Vector parameters;
    private final Vector statistics;
    private int statisticsAt;

    ParameterSource(List<ParameterSlice> slices, Vector parameters, Vector statistics) {
        this.slices = slices.iterator();
        this.parameters = parameters;
        this.statistics = statistics;
    }

    /// The next array.
    double[] next() {
        return slices.next().of(parameters).toArray();
    }

    /// The next statistics.
    double[] statistics(int count) {
        statisticsAt += count;
        return statistics.slice(statisticsAt - count, statisticsAt).toArray();
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
