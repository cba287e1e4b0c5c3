package io.quadric.linalg.internal.product;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.kernel.PlaneEngine;
import io.quadric.linalg.internal.kernel.PlaneEngine.Operands;
import io.quadric.linalg.internal.kernel.PlaneLayout;
import java.util.concurrent.atomic.AtomicInteger;

/// The gradient of the weight of a convolution: for each output channel and each element of a patch, the sum over all
/// places of their products.
///
/// The places are summed group by group of images. Groups depend only on the shapes, and threads share the sums, not
/// the places, so the bits do not depend on the number of threads.
final class PlaneSums {
    /// Places of a group: enough to be worth the cost of beginning and ending a sum, and few enough for the rows to
    /// stay in the first-level cache.
    private static final int PLACES = 1 << 10;

    private final PlaneEngine engine;
    private final PlaneLayout layout;
    private final int[] offsets;
    private final int depth;
    private final Vector planes;
    private final Vector grid;
    private final Vector partial;
    private final Matrix sums;
    private final Workspace ws;

    private PlaneSums(PlaneLayout layout, Precision precision, Workspace.Frame frame) {
        this.engine = KernelProvider.planes(precision);
        this.ws = frame.workspace();
        this.layout = layout;
        this.offsets = layout.offsets(0);
        this.depth = offsets.length;
        int channels = layout.target().channels();
        this.planes = frame.vector(precision, layout.planesSize()).fill(0);
        int rows = Math.ceilDiv(channels, engine.dotRows()) * engine.dotRows();
        this.grid = frame.vector(precision, rows * layout.gridLength()).fill(0);
        this.partial = frame.vector(precision, ws.threads() * engine.partialSums());
        this.sums = frame.matrix(Precision.FLOAT64, channels, depth);
    }

    /// sum ← sum + scale · the sums over all images.
    static void add(PlaneLayout each, double scale, Images images, Matrix sum, Workspace ws) {
        int group = Math.clamp(PLACES / each.imagePitch(), 1, Math.max(1, images.count()));
        try (var frame = ws.open()) {
            PlaneSums sums = new PlaneSums(each.with(group), sum.precision(), frame);
            Matrix total = frame.matrix(sum.precision(), sum.rows(), sum.columns());
            sums.sums.fill(0);
            for (int from = 0; from < images.count(); from += group) {
                sums.group(images.rows(from, Math.min(images.count(), from + group)));
            }
            total.copyFrom(sums.sums);
            Kernels kernels = KernelProvider.kernels(sum.precision());
            RowRanges.share(sum, ws, (from, to) -> kernels.axpby(scale, total.rows(from, to), 1, sum.rows(from, to)));
        }
    }

    /// sum ← sum + scale · the sum over images of the squares of each image's sums.
    static void addSquares(PlaneLayout each, double scale, Images images, Matrix sum, Workspace ws) {
        try (var frame = ws.open()) {
            PlaneSums sums = new PlaneSums(each, sum.precision(), frame);
            Matrix total = frame.matrix(sum.precision(), sum.rows(), sum.columns());
            Kernels kernels = KernelProvider.kernels(sum.precision());
            for (int n = 0; n < images.count(); n++) {
                sums.sums.fill(0);
                sums.group(images.rows(n, n + 1));
                total.copyFrom(sums.sums);
                RowRanges.share(sum, ws, (from, to) -> {
                    Matrix part = total.rows(from, to);
                    kernels.multiply(scale, part, part, 1, sum.rows(from, to));
                });
            }
        }
    }

    /// Input images and output images, one of each in a row.
    record Images(Matrix read, Matrix made) {
        int count() {
            return read.rows();
        }

        Images rows(int from, int to) {
            return new Images(read.rows(from, to), made.rows(from, to));
        }
    }

    private void group(Images images) {
        if (images.count() < layout.images()) {
            grid.fill(0);
        }
        place(images.read(), images.made());
        int panels = Math.ceilDiv(sums.rows(), engine.dotRows());
        int parts = Math.ceilDiv(depth, PlaneEngine.DOTS_OF_A_TASK);
        int tasks = panels * parts;
        AtomicInteger next = new AtomicInteger();
        ws.parallel(Math.min(ws.threads(), tasks), w -> {
            Vector room = partial.slice(w * engine.partialSums(), partial.size());
            Operands operands = new Operands(room, planes, grid, offsets, layout);
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                int row = task / parts * engine.dotRows();
                engine.dots(operands, row, task % parts * PlaneEngine.DOTS_OF_A_TASK, sums);
            }
        });
    }

    /// Places images and grid; each thread takes some channels.
    private void place(Matrix images, Matrix made) {
        ws.parallel(ws.threads(), share -> {
            placeRead(images, share);
            placeMade(made, share);
        });
    }

    private void placeRead(Matrix images, int share) {
        int channels = layout.source().channels();
        int from = channels * share / ws.threads();
        int to = channels * (share + 1) / ws.threads();
        int pixels = images.columns() / channels;
        Vector own = planes.slice(from * layout.channelPitch(), planes.size());
        engine.place(layout, images.columns(from * pixels, to * pixels), own);
    }

    private void placeMade(Matrix made, int share) {
        int channels = sums.rows();
        int from = channels * share / ws.threads();
        int to = channels * (share + 1) / ws.threads();
        int places = made.columns() / channels;
        Vector own = grid.slice(from * layout.gridLength(), grid.size());
        engine.placeInGrid(layout, made.columns(from * places, to * places), own);
    }
}
