package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.DoubleRows;
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
    private final DoublePacking panels;
    private final /*E*/double[] zeros;

    /// @param packing whose way of packing transposes grids
    public DoublePlaneEngine(DoubleStripKernel kernel, DoubleMicroKernel packing) {
        this.kernel = kernel;
        this.panels = new DoublePacking(packing, kernel.lanes());
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
    public int sumChannels() {
        return kernel.lanes();
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
    public void transpose(Matrix rows, Vector panel) {
        panels.pack(DoubleRows.of(rows), false, panel.doubles(), panel.offset());
    }

    @Override
    public void sums(Operands operands, int panel, int from, Matrix sums) {
        DoubleStrip strip = new DoubleStrip(operands, true, zeros);
        int lanes = kernel.lanes();
        int at = operands.grid().offset() + panel * lanes * strip.gridLength;
        int to = Math.min(strip.depth, from + SUMS_OF_A_TASK);
        double[] out = sums.doubles(); //FLOAT64-ONLY
        //FLOAT32: double[] out = sums.doubles();
        for (int tap = from; tap < to; tap += SUM_TAPS) {
            kernel.sums(strip, at, tap);
            for (int k = 0; k < SUM_TAPS; k++) {
                add(strip.packed, strip.packedAt + k * lanes, out, sums.rowOffset(tap + k) + panel * lanes);
            }
        }
    }

    private void add(/*E*/double[] part, int from, double[] sums, int to) {
        for (int l = 0; l < kernel.lanes(); l++) {
            sums[to + l] += part[from + l];
        }
    }
}
