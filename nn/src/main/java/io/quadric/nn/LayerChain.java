package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
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

    @Override
    public void forward(Matrix x, Matrix y, Workspace ws) {
        if (passes.isEmpty()) {
            y.copyFrom(x);
        }
        for (int i = 0; i < passes.size(); i++) {
            passes.get(i).forward(before(i, x), behind(i, between, y), ws);
        }
    }

    private Matrix before(int i, Matrix x) {
        return i == 0 ? x : between.get(i - 1);
    }

    private static Matrix behind(int i, List<Matrix> inner, Matrix y) {
        return i == inner.size() ? y : inner.get(i);
    }

    /// Matrices like those between the layers.
    private List<Matrix> likeBetween(Workspace.Frame frame) {
        return stacksBetween(1, frame);
    }

    private List<Matrix> stacksBetween(int k, Workspace.Frame frame) {
        return between.stream()
                .map(x -> frame.matrix(x.precision(), x.rows(), k * x.columns()))
                .toList();
    }

    @Override
    public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
        if (passes.isEmpty()) {
            copyOrZero(rx, ry);
            return;
        }
        try (var frame = ws.open()) {
            List<Matrix> tangents = likeBetween(frame);
            Matrix r = rx;
            for (int i = 0; i < passes.size(); i++) {
                Matrix next = behind(i, tangents, ry);
                passes.get(i).jvp(v, r, next, ws);
                r = next;
            }
        }
    }

    @Override
    public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
        if (passes.isEmpty()) {
            copyOrZero(rx, ry);
            return;
        }
        try (var frame = ws.open()) {
            List<Matrix> tangents = stacksBetween(v.rows(), frame);
            Matrix r = rx;
            for (int i = 0; i < passes.size(); i++) {
                Matrix next = behind(i, tangents, ry);
                passes.get(i).jvp(v, r, next, ws);
                r = next;
            }
        }
    }

    @Override
    public void backward(Matrix dy, Matrix dx, GradientRows gradients, Workspace ws) {
        if (passes.isEmpty()) {
            copyIfWanted(dy, dx);
            return;
        }
        try (var frame = ws.open()) {
            List<Matrix> cotangents = stacksBetween(gradients.directions(), frame);
            for (int i = passes.size() - 1; i >= 0; i--) {
                passes.get(i).backward(behind(i, cotangents, dy), i == 0 ? dx : cotangents.get(i - 1), gradients, ws);
            }
        }
    }

    private static void copyOrZero(Matrix from, Matrix to) {
        if (from.isEmpty()) {
            to.fill(0);
        } else {
            to.copyFrom(from);
        }
    }

    @Override
    public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
        if (passes.isEmpty()) {
            copyIfWanted(dy, dx);
            return;
        }
        try (var frame = ws.open()) {
            List<Matrix> cotangents = likeBetween(frame);
            for (int i = passes.size() - 1; i >= 0; i--) {
                passes.get(i).backward(behind(i, cotangents, dy), i == 0 ? dx : cotangents.get(i - 1), sink, ws);
            }
        }
    }

    private static void copyIfWanted(Matrix dy, Matrix dx) {
        if (!dx.isEmpty()) {
            dx.copyFrom(dy);
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
        if (passes.isEmpty()) {
            copyIfWanted(dy, dx);
            return new Second(List.of(), List.of());
        }
        List<Matrix> cotangents = likeBetween(frame);
        List<SecondOrderPass> seconds = new ArrayList<>();
        for (int i = passes.size() - 1; i >= 0; i--) {
            Matrix before = i == 0 ? dx : cotangents.get(i - 1);
            seconds.addFirst(passes.get(i).second(behind(i, cotangents, dy), before, frame));
        }
        return new Second(seconds, likeBetween(frame));
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
            if (seconds.isEmpty()) {
                copyOrZero(rx, ry);
                return;
            }
            Matrix r = rx;
            for (int i = 0; i < seconds.size(); i++) {
                Matrix next = behind(i, tangents, ry);
                seconds.get(i).rForward(v, r, next, ws);
                r = next;
            }
        }

        @Override
        public void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
            if (seconds.isEmpty()) {
                copyIfWanted(rdy, rdx);
                return;
            }
            try (var frame = ws.open()) {
                List<Matrix> cotangents = likeBetween(frame);
                for (int i = seconds.size() - 1; i >= 0; i--) {
                    Matrix before = i == 0 ? rdx : cotangents.get(i - 1);
                    seconds.get(i).rBackward(behind(i, cotangents, rdy), before, sink, ws);
                }
            }
        }
    }
}
