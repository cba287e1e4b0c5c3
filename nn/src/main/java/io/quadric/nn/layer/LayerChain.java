package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/// Layers one after the other inside a composite layer, as one [LayerPass]; without layers the identity. What stands
/// between the layers lies in the frame of the site.
final class LayerChain implements LayerPass {
    private final List<LayerPass> passes = new ArrayList<>();
    private final List<Matrix> between = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    /// Opens the layers.
    ///
    /// @param layers from input to output
    /// @param site with the parameters, blocks and statistics of these layers only
    LayerChain(List<Layer> layers, LayerSite site) {
        LayerSite rest = site;
        for (Layer layer : layers) {
            passes.add(layer.open(rest.first(layer)));
            sizes.add(layer.statisticsSize(rest.input()));
            rest = rest.without(layer);
            if (passes.size() < layers.size()) {
                between.add(site.memory(rest.input().size()));
            }
        }
    }

    /// Matrices like those between the layers, each `k` times as wide.
    private List<Matrix> stacksBetween(int k, Workspace.Frame frame) {
        return between.stream()
                .map(x -> frame.matrix(x.precision(), x.rows(), k * x.columns()))
                .toList();
    }

    /// Takes what goes into part `i` of the chain to what comes out of it.
    private interface Step {
        void take(int i, Matrix in, Matrix out);
    }

    /// From the input to the output, by way of the matrices between.
    private void upwards(Matrix in, Matrix out, List<Matrix> inner, Step step) {
        if (passes.isEmpty()) {
            if (in.isEmpty()) {
                out.fill(0);
            } else {
                out.copyFrom(in);
            }
        }
        for (int i = 0; i < passes.size(); i++) {
            step.take(i, i == 0 ? in : inner.get(i - 1), i == inner.size() ? out : inner.get(i));
        }
    }

    /// From the output to the input; without an input to go to only as far as the first layer.
    private void downwards(Matrix in, Matrix out, List<Matrix> inner, Step step) {
        if (passes.isEmpty() && !out.isEmpty()) {
            out.copyFrom(in);
        }
        for (int i = passes.size() - 1; i >= 0; i--) {
            step.take(i, i == inner.size() ? in : inner.get(i), i == 0 ? out : inner.get(i - 1));
        }
    }

    @Override
    public void forward(Matrix x, Matrix y, Workspace ws) {
        upwards(x, y, between, (i, in, out) -> passes.get(i).forward(in, out, ws));
    }

    @Override
    public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
        try (var frame = ws.open()) {
            upwards(rx, ry, stacksBetween(1, frame), (i, in, out) -> passes.get(i).jvp(v, in, out, ws));
        }
    }

    @Override
    public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
        try (var frame = ws.open()) {
            upwards(rx, ry, stacksBetween(v.rows(), frame), (i, in, out) -> passes.get(i).jvp(v, in, out, ws));
        }
    }

    @Override
    public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
        try (var frame = ws.open()) {
            downwards(dy, dx, stacksBetween(1, frame), (i, in, out) -> passes.get(i).backward(in, out, sink, ws));
        }
    }

    @Override
    public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
        try (var frame = ws.open()) {
            downwards(dy, dx, stacksBetween(gradients.directions(), frame),
                    (i, in, out) -> passes.get(i).backward(in, out, gradients, ws));
        }
    }

    /// How many numbers [#statistics] tells.
    int statisticsSize() {
        return sizes.stream().mapToInt(size -> size).sum();
    }

    @Override
    public void statistics(Vector out) {
        int at = 0;
        for (int i = 0; i < passes.size(); i++) {
            int size = sizes.get(i);
            passes.get(i).statistics(out.slice(at, at + size));
            at += size;
        }
    }

    @Override
    public SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame) {
        LinkedList<SecondOrderPass> seconds = new LinkedList<>();
        downwards(dy, dx, stacksBetween(1, frame),
                (i, in, out) -> seconds.addFirst(passes.get(i).second(in, out, frame)));
        return new Second(List.copyOf(seconds), stacksBetween(1, frame));
    }

    private final class Second implements SecondOrderPass {
        private final List<SecondOrderPass> seconds;
        private final List<Matrix> tangents;

        Second(List<SecondOrderPass> seconds, List<Matrix> tangents) {
            this.seconds = seconds;
            this.tangents = tangents;
        }

        @Override
        public void rForward(Vector v, Matrix rx, Matrix ry, Workspace ws) {
            upwards(rx, ry, tangents, (i, in, out) -> seconds.get(i).rForward(v, in, out, ws));
        }

        @Override
        public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
            try (var frame = ws.open()) {
                downwards(rdy, rdx, stacksBetween(1, frame),
                        (i, in, out) -> seconds.get(i).rBackward(in, out, sink, ws));
            }
        }
    }
}
