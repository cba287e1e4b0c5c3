package io.quadric.nn.layer;

import io.quadric.linalg.Convolution;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;

/// What a convolution reports to a sink: the patches of the inputs and the cotangents of the outputs, in chunks of
/// cases whose patches lie side by side, K × (cases · P). Chunks depend on the shapes alone, not on the number of
/// threads. Gradients are made without patches.
///
/// @param convolution the products
/// @param inputs one image per row
/// @param gradients one row per case
/// @param cases the places of every case
record ConvolutionRows(Convolution convolution, Matrix inputs, Matrix gradients, CaseRows cases)
        implements RowChunks {
    /// Elements of a chunk's patches: a few megabytes, which stay in the outer caches.
    private static final int ELEMENTS = 1 << 20;

    /// Columns that a product needs to be worth the packing of its other operand.
    private static final int FEWEST_COLUMNS = 512;

    @Override
    public RowChunks weighed(double power, Workspace.Frame frame) {
        return new ConvolutionRows(convolution, inputs, cases.weighed(gradients, power, frame), cases);
    }

    private int count() {
        return inputs.rows();
    }

    private int positions() {
        return convolution.patches().places();
    }

    private int casesOfAChunk() {
        Patches patches = convolution.patches();
        int enough = Math.ceilDiv(FEWEST_COLUMNS, positions());
        int step = Math.max(enough, ELEMENTS / Math.max(1, patches.patchSize() * positions()));
        return Math.clamp(step, 1, Math.max(1, count()));
    }

    @Override
    public void forEach(Visitor visitor, Workspace ws) {
        int step = casesOfAChunk();
        int columns = Math.multiplyExact(step, positions());
        try (var frame = ws.open()) {
            Vector patches = frame.vector(
                    inputs.precision(),
                    Math.multiplyExact(columns, convolution.patches().patchSize()));
            Vector joined = frame.vector(inputs.precision(), Math.multiplyExact(columns, convolution.outputs()));
            for (int from = 0; from < count(); from += step) {
                int to = Math.min(count(), from + step);
                Matrix u = matrix(patches, convolution.patches().patchSize(), to - from);
                convolution.patches().unfold(inputs.rows(from, to), u, ws);
                visitor.chunk(from, u, join(gradients.rows(from, to), joined, ws), ws);
            }
        }
    }

    private Matrix matrix(Vector room, int rows, int cases) {
        int columns = cases * positions();
        return room.slice(0, rows * columns).asMatrix(rows, columns);
    }

    /// The outputs of some cases side by side, O × (cases · P).
    private Matrix join(Matrix y, Vector room, Workspace ws) {
        int places = positions();
        Matrix z = matrix(room, convolution.outputs(), y.rows());
        ws.parallel(y.rows(), n -> z.columns(n * places, (n + 1) * places)
                .copyFrom(y.row(n).asMatrix(convolution.outputs(), places)));
        return z;
    }

    @Override
    public Sink.Rows all(Workspace.Frame frame) {
        Patches patches = convolution.patches();
        int rows = Math.multiplyExact(count(), positions());
        Matrix x = frame.matrix(inputs.precision(), rows, patches.patchSize());
        Matrix y = frame.matrix(inputs.precision(), rows, convolution.outputs());
        patches.unfoldRows(inputs, x, frame.workspace());
        places().unfoldRows(gradients, y, frame.workspace());
        return new Sink.Rows(x, y, cases);
    }

    /// The outputs as images under a window of one pixel, whose patches are the places.
    private Patches places() {
        Patches patches = convolution.patches();
        Window pixel = new Window(1, 1, 1, 0);
        return new Patches(convolution.outputs(), patches.placesDown(), patches.placesAcross(), pixel);
    }

    @Override
    public void addGradient(double scale, Matrix sum, Workspace ws) {
        convolution.addGradient(scale, inputs, gradients, sum, ws);
    }

    @Override
    public void addSquaredGradients(double scale, Matrix sum, Workspace ws) {
        try (var frame = ws.open()) {
            convolution.addSquaredGradients(scale, inputs, cases.weighed(gradients, 0.5, frame), sum, ws);
        }
    }

    @Override
    public Matrix sumsOfCases(Workspace.Frame frame) {
        Matrix sums = frame.matrix(gradients.precision(), count(), convolution.outputs());
        Elementwise.rowSums(gradients.reshape(count() * convolution.outputs(), positions()), sums.flat());
        return sums;
    }
}
