package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
import java.util.List;

/// Layers one after another at a point, as one [LayerPass]; without layers the identity. It is the one walk over
/// layers: whatever passes through a network, or through the inside of a layer, passes through a chain.
///
/// Where cases are sequences of [different lengths][Lengths], what leaves a layer is zero in the padding, both ways:
/// layers that treat time steps one by one need not know about it.
///
/// A walk may begin and end at any layer: [#from] is the rest of the chain, and its passes go from there to the output
/// and back no further; [#before] is what comes before a layer. Composite layers of your own can use a chain as
/// `ResidualLayer` does.
public final class LayerChain implements LayerPass {
    private final LayerPath path;
    private final List<LayerPass> passes;
    private final Precision precision;
    private final Cases cases;
    private final int first;
    private final int end;

    /// Runs the layers forward. What lies between them stays in the frame of the site.
    LayerChain(LayerPath path, LayerSite site, Matrix x, Matrix y) {
        this.path = path;
        this.precision = site.precision();
        this.cases = site.cases();
        this.first = 0;
        this.end = path.layers().size();
        this.passes = new ArrayList<>();
        path.requireSteps(cases.lengths());
        upwards(x, y, rows(1, site.frame()),
                (i, in, out) -> passes.add(path.open(i, site, in, out)));
    }

    private LayerChain(LayerChain whole, int first, int end) {
        this.path = whole.path;
        this.passes = whole.passes;
        this.precision = whole.precision;
        this.cases = whole.cases;
        this.first = first;
        this.end = end;
    }

    /// {@return the same layers from one of them on}
    ///
    /// @param layer the first one that passes go through, counted from the beginning of the whole chain
    public LayerChain from(int layer) {
        return new LayerChain(this, layer, end);
    }

    /// {@return the same layers up to one of them}
    ///
    /// @param layer the first one that passes do not go through, counted from the beginning of the whole chain
    public LayerChain before(int layer) {
        return new LayerChain(this, first, layer);
    }

    /// {@return the layer at its point}
    ///
    /// @param layer counted from the beginning of the whole chain
    public LayerPass pass(int layer) {
        return passes.get(layer);
    }

    /// Makes room for what lies between two layers.
    @FunctionalInterface
    public interface Room {
        /// {@return a matrix for what lies before the layer}
        ///
        /// @param layer counted from the beginning of the whole chain
        /// @param size elements of one case there
        Matrix before(int layer, int size);
    }

    /// {@return room for one row per case}
    ///
    /// @param k how many times as wide as a case it is
    /// @param frame holds the matrices
    public Room rows(int k, Workspace.Frame frame) {
        return (layer, size) -> frame.matrix(precision, cases.count(), k * size);
    }

    /// A part of a walk.
    @FunctionalInterface
    public interface Step {
        /// Takes what enters a layer to what leaves it.
        ///
        /// @param layer counted from the beginning of the whole chain
        /// @param in what enters
        /// @param out overwritten
        void take(int layer, Matrix in, Matrix out);
    }

    /// Walks from the input to the output.
    ///
    /// @param in what enters the first layer
    /// @param out what leaves the last one
    /// @param room for what lies between
    /// @param step taken at every layer
    public void upwards(Matrix in, Matrix out, Room room, Step step) {
        if (first >= end && in.isEmpty()) {
            out.fill(0);
        } else if (first >= end) {
            out.copyFrom(in);
        }
        Matrix x = in;
        for (int i = first; i < end; i++) {
            Matrix y = i == end - 1 ? out : inFrontOf(i + 1, room);
            step.take(i, x, y);
            cases.lengths().clear(y, path.shape(i + 1));
            x = y;
        }
    }

    /// Walks from the output to the input.
    ///
    /// @param in what enters the last layer
    /// @param out what leaves the first one; empty if it is not wanted
    /// @param room for what lies between
    /// @param step taken at every layer
    public void downwards(Matrix in, Matrix out, Room room, Step step) {
        if (first >= end && !out.isEmpty()) {
            out.copyFrom(in);
        }
        Matrix y = in;
        for (int i = end - 1; i >= first; i--) {
            Matrix x = i == first ? out : inFrontOf(i, room);
            step.take(i, y, x);
            cases.lengths().clear(x, path.shape(i));
            y = x;
        }
    }

    private Matrix inFrontOf(int layer, Room room) {
        return room.before(layer, path.shape(layer).size());
    }

    @Override
    public void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws) {
        try (var frame = ws.open()) {
            upwards(rx, ry, rows(1, frame), (i, in, out) -> passes.get(i).jvp(v, in, out, ws));
        }
    }

    @Override
    public void jvpOfInputs(Vector v, Matrix rx, Matrix ry, Workspace ws) {
        try (var frame = ws.open()) {
            upwards(rx, ry, rows(1, frame), (i, in, out) -> passes.get(i).jvpOfInputs(v, in, out, ws));
        }
    }

    @Override
    public void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
        try (var frame = ws.open()) {
            upwards(rx, ry, rows(v.rows(), frame), (i, in, out) -> passes.get(i).jvp(v, in, out, ws));
        }
    }

    @Override
    public void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws) {
        try (var frame = ws.open()) {
            downwards(dy, dx, rows(1, frame), (i, in, out) -> passes.get(i).backward(in, out, sink, ws));
        }
    }

    @Override
    public void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
        try (var frame = ws.open()) {
            downwards(dy, dx, rows(gradients.directions(), frame),
                    (i, in, out) -> passes.get(i).backward(in, out, gradients, ws));
        }
    }

    @Override
    public void statistics(Vector out) {
        for (int i = 0; i < passes.size(); i++) {
            LayerSite.Part part = path.statistics(i);
            passes.get(i).statistics(out.slice(part.from(), part.to()));
        }
    }

    @Override
    public Second second(Matrix dy, Matrix dx, Workspace.Frame frame) {
        SecondOrderPass[] seconds = new SecondOrderPass[passes.size()];
        downwards(dy, dx, rows(1, frame), (i, in, out) -> seconds[i] = passes.get(i).second(in, out, frame));
        return new Second(this, seconds);
    }

    /// The second-order passes of the layers of a chain.
    public static final class Second implements SecondOrderPass {
        private final LayerChain chain;
        private final SecondOrderPass[] seconds;

        private Second(LayerChain chain, SecondOrderPass[] seconds) {
            this.chain = chain;
            this.seconds = seconds;
        }

        /// {@return the same layers from one of them on}
        ///
        /// @param layer the first one that passes go through, counted from the beginning of the whole chain
        public Second from(int layer) {
            return new Second(chain.from(layer), seconds);
        }

        @Override
        public RBackward rForward(Vector v, Matrix rx, Matrix ry, Workspace.Frame frame) {
            RBackward[] returns = new RBackward[seconds.length];
            chain.upwards(rx, ry, chain.rows(1, frame),
                    (i, in, out) -> returns[i] = seconds[i].rForward(v, in, out, frame));
            return (rdy, rdx, sink, ws) -> back(returns, rdy, rdx, sink, ws);
        }

        private void back(RBackward[] returns, Matrix rdy, Matrix rdx, Sink sink, Workspace ws) {
            try (var frame = ws.open()) {
                chain.downwards(rdy, rdx, chain.rows(1, frame),
                        (i, in, out) -> returns[i].rBackward(in, out, sink, ws));
            }
        }
    }
}
