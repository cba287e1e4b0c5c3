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
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// The gradient of the weight of a convolution: for each output channel and each element of a patch, the sum over all
/// places of their products.
///
/// The places are summed group by group of images. Groups depend only on the shapes, and threads share the sums, not
/// the places, so the bits do not depend on the number of threads.
final class PlaneSums {
    /// Places of a group: enough to be worth the cost of beginning and ending a sum, and few enough for a panel and the
    /// planes to stay in the second-level cache.
    private static final int PLACES = 1 << 10;

    private final PlaneEngine engine;
    private final PlaneLayout layout;
    private final int channels;
    private final int panels;
    private final int depth;

    /// Where each pair (channel, tap) reads for place 0; the last one again until their number is a multiple.
    private final int[] offsets;

    private final Vector planes;
    private final Matrix grid;
    private final Vector transposed;
    private final Vector room;

    /// A row for each of the offsets, a column for each channel of the panels.
    private final Matrix sums;

    private final Workspace ws;

    private PlaneSums(PlaneLayout layout, Precision precision, Workspace.Frame frame) {
        this.engine = KernelProvider.planes(precision);
        this.ws = frame.workspace();
        this.layout = layout;
        this.channels = layout.target().channels();
        this.panels = Math.ceilDiv(channels, engine.sumChannels());
        int[] own = layout.offsets(0);
        this.depth = own.length;
        this.offsets = Arrays.copyOf(own, Math.ceilDiv(depth, PlaneEngine.SUM_TAPS) * PlaneEngine.SUM_TAPS);
        Arrays.fill(offsets, depth, offsets.length, own[depth - 1]);
        this.planes = frame.vector(precision, layout.planesSize()).fill(0);
        this.grid = frame.matrix(precision, channels, layout.gridLength()).fill(0);
        this.transposed = frame.vector(precision, panels * panelSize());
        this.room = frame.vector(precision, ws.threads() * roomSize());
        this.sums = frame.matrix(Precision.FLOAT64, offsets.length, panels * engine.sumChannels());
    }

    private int panelSize() {
        return engine.sumChannels() * layout.gridLength();
    }

    private int roomSize() {
        return PlaneEngine.SUM_TAPS * engine.sumChannels();
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
            sums.copyTo(total);
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
                sums.copyTo(total);
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
        ws.parallel(panels + ws.threads(), task -> {
            if (task < panels) {
                placeMade(images.made(), task);
            } else {
                placeRead(images.read(), task - panels);
            }
        });
        int parts = Math.ceilDiv(offsets.length, PlaneEngine.SUMS_OF_A_TASK);
        int tasks = panels * parts;
        AtomicInteger next = new AtomicInteger();
        ws.parallel(Math.min(ws.threads(), tasks), w -> {
            Vector own = room.slice(w * roomSize(), (w + 1) * roomSize());
            Operands operands = new Operands(own, planes, transposed, offsets, layout);
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                engine.sums(operands, task / parts, task % parts * PlaneEngine.SUMS_OF_A_TASK, sums);
            }
        });
    }

    /// Places the channels of one panel in the grid, and transposes it.
    private void placeMade(Matrix made, int panel) {
        int from = panel * engine.sumChannels();
        int to = Math.min(channels, from + engine.sumChannels());
        int places = made.columns() / channels;
        Matrix rows = grid.rows(from, to);
        engine.placeInGrid(layout, made.columns(from * places, to * places), rows.flat());
        engine.transpose(rows, transposed.slice(panel * panelSize(), (panel + 1) * panelSize()));
    }

    /// Places a share of the channels that are read.
    private void placeRead(Matrix images, int share) {
        int all = layout.source().channels();
        int from = all * share / ws.threads();
        int to = all * (share + 1) / ws.threads();
        int pixels = images.columns() / all;
        Vector own = planes.slice(from * layout.channelPitch(), planes.size());
        engine.place(layout, images.columns(from * pixels, to * pixels), own);
    }

    /// total ← the sums, a row for each channel
    private void copyTo(Matrix total) {
        try (var frame = ws.open()) {
            Matrix rows = frame.matrix(Precision.FLOAT64, channels, depth);
            KernelProvider.kernels(Precision.FLOAT64).transpose(sums.rows(0, depth).columns(0, channels), rows);
            total.copyFrom(rows);
        }
    }
}
