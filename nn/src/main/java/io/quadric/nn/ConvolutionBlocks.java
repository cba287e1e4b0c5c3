package io.quadric.nn;

import io.quadric.linalg.Channels;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import java.util.Optional;

/// A convolution's way through a batch: blocks of cases whose patches stand side by side, K × (cases · P), so that a
/// block is one matrix product. Blocks depend on the shapes alone, not on the number of threads.
///
/// @param patches the places of the window
/// @param outputs feature maps behind the convolution
/// @param cases N
record ConvolutionBlocks(Patches patches, int outputs, int cases) {
    /// Elements of a block's patches: a few megabytes, which stay in the outer caches.
    private static final int ELEMENTS = 1 << 20;

    /// Columns that a product needs to be worth the packing of the weight.
    private static final int FEWEST_COLUMNS = 512;

    /// Receives blocks of cases.
    interface Block {
        /// Cases `from` (inclusive) to `to` (exclusive).
        void cases(int from, int to);
    }

    void forEach(Block block) {
        int enough = Math.ceilDiv(FEWEST_COLUMNS, patches.places());
        int step = Math.max(enough, ELEMENTS / Math.max(1, patches.patchSize() * patches.places()));
        for (int from = 0; from < cases; from += step) {
            block.cases(from, Math.min(cases, from + step));
        }
    }

    /// Scratch for a block.
    ///
    /// @param unfolded for the patches, K × (cases · P)
    /// @param joined for outputs, O × (cases · P)
    record Room(Vector unfolded, Vector joined) {}

    Room room(Workspace.Frame frame, Matrix like) {
        int[] most = {0};
        forEach((from, to) -> most[0] = Math.max(most[0], to - from));
        int columns = Math.multiplyExact(most[0], patches.places());
        return new Room(
                frame.vector(like.precision(), Math.multiplyExact(columns, patches.patchSize())),
                frame.vector(like.precision(), Math.multiplyExact(columns, outputs)));
    }

    private Matrix matrix(Vector room, int rows, int cases) {
        int columns = cases * patches.places();
        return room.slice(0, rows * columns).asMatrix(rows, columns);
    }

    /// Room for the patches of so many cases.
    Matrix unfolded(Room room, int cases) {
        return matrix(room.unfolded, patches.patchSize(), cases);
    }

    /// The patches of some images.
    Matrix unfold(Matrix images, Room room, Workspace ws) {
        Matrix u = unfolded(room, images.rows());
        patches.unfold(images, u, ws);
        return u;
    }

    /// Room for the outputs of some cases side by side, O × (cases · P); those of one case are such a matrix already.
    Matrix joined(Matrix y, Room room) {
        return y.rows() == 1 && y.isContiguous()
                ? y.reshape(outputs, patches.places())
                : matrix(room.joined, outputs, y.rows());
    }

    /// The outputs of some cases side by side.
    Matrix join(Matrix y, Room room, Workspace ws) {
        Matrix z = joined(y, room);
        if (y.rows() > 1) {
            ws.parallel(y.rows(), n -> columnsOf(n, z).copyFrom(ofCase(n, y)));
        }
        return z;
    }

    /// y ← what stands side by side in z, case by case.
    void separate(Matrix z, Matrix y, Workspace ws) {
        if (y.rows() > 1) {
            ws.parallel(y.rows(), n -> ofCase(n, y).copyFrom(columnsOf(n, z)));
        }
    }

    private Matrix columnsOf(int n, Matrix z) {
        return z.columns(n * patches.places(), (n + 1) * patches.places());
    }

    private Matrix ofCase(int n, Matrix y) {
        return y.row(n).asMatrix(outputs, patches.places());
    }

    /// What is reported to a sink: the patches of the inputs and the cotangents of the outputs.
    ///
    /// @param blocks the way through the batch
    /// @param inputs one image a row
    /// @param gradients one row per case
    record Report(ConvolutionBlocks blocks, Matrix inputs, Matrix gradients) implements RowBlocks {
        @Override
        public int cases() {
            return blocks.cases;
        }

        @Override
        public int positions() {
            return blocks.patches.places();
        }

        @Override
        public void forEach(Visitor visitor, Workspace ws) {
            try (var frame = ws.open()) {
                Room room = blocks.room(frame, inputs);
                blocks.forEach((from, to) -> {
                    Matrix u = blocks.unfold(inputs.rows(from, to), room, ws);
                    visitor.block(u, blocks.join(gradients.rows(from, to), room, ws), ws);
                });
            }
        }

        @Override
        public Sink.Rows all(Workspace.Frame frame) {
            Patches patches = blocks.patches;
            int rows = Math.multiplyExact(cases(), positions());
            Matrix x = frame.matrix(inputs.precision(), rows, patches.patchSize());
            Matrix y = frame.matrix(inputs.precision(), rows, blocks.outputs);
            patches.unfoldRows(inputs, x, frame.workspace());
            blocks.places().unfoldRows(gradients, y, frame.workspace());
            return new Sink.Rows(x, y, positions());
        }
    }

    /// The outputs as images under a window of one pixel, whose patches are the places.
    private Patches places() {
        return new Patches(
                outputs, patches.placesDown(), patches.placesAcross(), new Window(1, 1, 1, 0));
    }

    /// y ← y + b, one number for each feature map; nothing without a bias.
    void addBias(Optional<Vector> bias, Matrix y, Workspace ws) {
        if (bias.isPresent()) {
            try (var frame = ws.open()) {
                Vector ones = frame.vector(Precision.FLOAT64, outputs).fill(1);
                Vector summands = frame.vector(Precision.FLOAT64, outputs);
                Channels.affine(ones, y, summands.copyFrom(bias.get()), y, ws);
            }
        }
    }
}
