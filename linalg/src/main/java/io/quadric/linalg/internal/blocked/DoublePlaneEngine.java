package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.DoubleStrip;
import io.quadric.linalg.internal.kernel.DoubleStripKernel;
import io.quadric.linalg.internal.kernel.PlaneAxis.Run;
import io.quadric.linalg.internal.kernel.PlaneEngine;
import io.quadric.linalg.internal.kernel.PlaneLayout;

/// The loops around the innermost kernel of a convolution.
@SuppressWarnings("cast") // the casts do their work in the float twin
public final class DoublePlaneEngine implements PlaneEngine {
    /// Tiles of a strip, which is multiplied with all coefficients before the next strip: the coefficients then come
    /// from the outer caches once for that many tiles, and what a strip reads stays in the inner ones.
    private static final int TILES_OF_A_STRIP = 8;

    private final DoubleStripKernel kernel;
    private final /*E*/double[] zeros;

    public DoublePlaneEngine(DoubleStripKernel kernel) {
        this.kernel = kernel;
        this.zeros = new /*E*/double[kernel.columns()];
    }

    @Override
    public int tileRows() {
        return kernel.rows();
    }

    @Override
    public int tileColumns() {
        return kernel.columns();
    }

    @Override
    public int dotRows() {
        return kernel.dotRows();
    }

    @Override
    public int partialSums() {
        return kernel.dotRows() * DOT_TAPS * kernel.lanes();
    }

    @Override
    public void place(PlaneLayout layout, Matrix images, Vector planes) {
        DoublePlaneRows rows = new DoublePlaneRows(
                images.doubles(), layout.source().width(), planes.doubles(), layout.across().pitch());
        int length = layout.planeLength();
        for (int plane = 0; plane < layout.planesOfAChannel(); plane++) {
            place(rows, layout, plane, images, planes.offset() + plane * length);
        }
    }

    /// Places one plane of every channel.
    private static void place(DoublePlaneRows rows, PlaneLayout layout, int plane, Matrix images, int first) {
        int size = layout.source().height() * layout.source().width();
        int pitch = layout.channelPitch();
        Run down = layout.downPlane(plane);
        Run across = layout.acrossPlane(plane);
        for (int n = 0; n < images.rows(); n++) {
            for (int c = 0; c < images.columns() / size; c++) {
                int at = first + c * pitch + n * layout.imagePitch();
                rows.toPlane(down, across, images.rowOffset(n) + c * size, at);
            }
        }
    }

    @Override
    public void placeInGrid(PlaneLayout layout, Matrix images, Vector grid) {
        int size = layout.target().height() * layout.target().width();
        DoublePlaneRows rows = new DoublePlaneRows(
                images.doubles(), layout.target().width(), grid.doubles(), layout.across().pitch());
        Run down = layout.down().out().getFirst();
        Run across = layout.across().out().getFirst();
        for (int n = 0; n < images.rows(); n++) {
            for (int c = 0; c < images.columns() / size; c++) {
                int at = grid.offset() + c * layout.gridLength() + n * layout.imagePitch();
                rows.toPlane(down, across, images.rowOffset(n) + c * size, at);
            }
        }
    }

    @Override
    public void take(PlaneLayout layout, int phase, Vector grid, Matrix images) {
        int size = layout.target().height() * layout.target().width();
        DoublePlaneRows rows = new DoublePlaneRows(
                images.doubles(), layout.target().width(), grid.doubles(), layout.across().pitch());
        Run down = layout.downRun(phase);
        Run across = layout.acrossRun(phase);
        for (int n = 0; n < images.rows(); n++) {
            for (int c = 0; c < images.columns() / size; c++) {
                int at = grid.offset() + c * layout.gridLength() + n * layout.imagePitch();
                rows.toImage(down, across, images.rowOffset(n) + c * size, at);
            }
        }
    }

    @Override
    public void pack(Kernel kernel, int[] elements, int panel, Vector packed) {
        int tile = tileRows();
        int at = packed.offset() + panel * tile * kernel.read() * elements.length;
        for (int x = 0; x < tile; x++) {
            int made = panel * tile + x;
            for (int read = 0; read < kernel.read(); read++) {
                int to = at + read * elements.length * tile + x;
                if (made < kernel.made()) {
                    packOne(kernel, elements, kernel.indexOf(made, read), packed.doubles(), to);
                } else {
                    clearOne(elements.length, packed.doubles(), to);
                }
            }
        }
    }

    private void packOne(Kernel kernel, int[] elements, int from, /*E*/double[] out, int to) {
        /*E*/double[] weight = kernel.weight().doubles();
        int tile = tileRows();
        for (int t = 0; t < elements.length; t++) {
            out[to + t * tile] = weight[from + elements[t]];
        }
    }

    private void clearOne(int count, /*E*/double[] out, int to) {
        for (int t = 0; t < count; t++) {
            out[to + t * tileRows()] = 0;
        }
    }

    @Override
    public void multiply(Operands operands, boolean add) {
        DoubleStrip strip = new DoubleStrip(operands, add, zeros);
        int width = TILES_OF_A_STRIP * tileColumns();
        for (int from = 0; from < strip.gridLength; from += width) {
            multiply(strip, operands, from, Math.min(strip.gridLength, from + width));
        }
    }

    private void multiply(DoubleStrip strip, Operands operands, int from, int to) {
        int made = operands.layout().target().channels();
        int panel = strip.packedAt;
        int out = operands.grid().offset();
        for (int row = 0; row < made; row += tileRows()) {
            for (int place = from; place < to; place += tileColumns()) {
                kernel.multiply(strip, panel, place, out + place);
            }
            panel += strip.depth * tileRows();
            out += tileRows() * strip.gridLength;
        }
    }

    @Override
    public void dots(Operands operands, int row, int from, Matrix sums) {
        DoubleStrip strip = new DoubleStrip(operands, true, zeros);
        int rowAt = operands.grid().offset() + row * strip.gridLength;
        int last = strip.depth - 1;
        int to = Math.min(strip.depth, from + DOTS_OF_A_TASK);
        for (int k = from; k < to; k += DOT_TAPS) {
            kernel.dots(strip, rowAt, strip.readAt(k), strip.readAt(Math.min(last, k + 1)));
            Matrix part = sums.rows(row, Math.min(sums.rows(), row + dotRows()))
                    .columns(k, Math.min(strip.depth, k + DOT_TAPS));
            addPartialSums(strip, part);
        }
    }

    private void addPartialSums(DoubleStrip strip, Matrix sums) {
        int lanes = kernel.lanes();
        for (int i = 0; i < sums.rows(); i++) {
            for (int j = 0; j < sums.columns(); j++) {
                /*E*/double sum = total(strip.packed, strip.packedAt + (i * DOT_TAPS + j) * lanes, lanes);
                int index = sums.rowOffset(i) + j;
                sums.doubles()[index] += sum; //FLOAT64-ONLY
                //FLOAT32: sums.doubles()[index] += sum;
            }
        }
    }

    /// The sum of some elements, which are overwritten. The additions form a tree, so that they overlap.
    private static /*E*/double total(/*E*/double[] partial, int at, int count) {
        for (int half = count / 2; half > 0; half /= 2) {
            for (int l = at; l < at + half; l++) {
                partial[l] += partial[l + half];
            }
        }
        return partial[at];
    }
}
