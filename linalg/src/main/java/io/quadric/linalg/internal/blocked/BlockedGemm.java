package io.quadric.linalg.internal.blocked;

import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.kernel.GemmBlock;
import io.quadric.linalg.internal.kernel.GemmEngine;
import io.quadric.linalg.internal.kernel.GemmEngine.PanelProduct;
import io.quadric.linalg.internal.kernel.GemmEngine.Panels;
import io.quadric.linalg.internal.kernel.ProductStructure;
import java.util.concurrent.atomic.AtomicInteger;

/// The loops around the micro-kernel: blocks of columns, of the inner index, and of rows (Goto & van de Geijn 2008;
/// Van Zee & van de Geijn 2015).
///
/// For each block of columns and of the inner index, B is packed once for all threads; then the blocks of rows are
/// shared out, and each task packs its part of A and multiplies. Every element of C is the sum over blocks of the inner
/// index, in their order, of sums that one call of the micro-kernel computes. Its bits depend neither on the number of
/// threads nor on where blocks of rows and columns begin.
public final class BlockedGemm {
    /// Bytes of a right panel. It streams from the second-level cache: a deep panel costs less there than the passes
    /// over C that shallow ones need (measured: 0.97 of OpenBLAS with 64 KiB, 0.87 with 16 KiB, AVX2, n = 1024).
    private static final int RIGHT_PANEL_BYTES = 64 * 1024;

    /// The largest number of inner indices of a block.
    private static final int DEEPEST = 1024;

    /// Bytes of a packed block of A. A large second-level cache keeps it. With a small one it is read from the first
    /// byte to the last for each right panel, at a rate that the last-level cache sustains. A right panel comes from
    /// there too, but only for its first tile, so a taller block costs less per row (docs/performance.md).
    private static final int LEFT_BYTES = 1024 * 1024;

    /// The same if one thread has the last-level cache to itself.
    private static final int LEFT_BYTES_ALONE = 2 * LEFT_BYTES;

    /// If all rows of packed A take no more bytes than this, a fraction of a last-level cache, right panels are packed
    /// one by one, just before they are used; where the second-level cache is large, if they are no more than a block.
    private static final int ALL_ROWS_BYTES = 8 * 1024 * 1024;

    /// Multiplications of a task of right panels: some microseconds.
    private static final int TASK = 1 << 18;

    /// Columns of a block; the packed block of B stays in the last-level cache.
    private static final int COLUMNS = 3072;

    /// The least number of multiplications that the threads share: some microseconds, a few times what it costs them to
    /// meet.
    private static final int SHARED_FROM = 1 << 19;

    /// The least number of columns of a task where several tasks have the same rows.
    private static final int LEAST_OF_A_GROUP = 128;

    /// Multiplications of a product that is small: packing is a fifth of its time and more.
    private static final int SMALL = 1 << 20;

    /// Rows of A, and panels of B, that are too few to pay for packing the other operand.
    private static final int FEW_ROWS = 32;

    private static final int FEW_PANELS = 2;

    /// Tiles of a strip of a symmetric result.
    private static final int TILES_OF_A_STRIP = 4;

    /// The largest inner size of a product that overwrites an operand. Then there is one block of the inner index; and
    /// where C is A, which has no more columns than that, there is one task for each block of rows, which packs the
    /// rows before it writes them.
    public static final int IN_PLACE = 128;

    /// Rows that are mirrored at a time.
    private static final int STRIP = 64;

    private final GemmEngine engine;
    private final GemmOperand a;
    private final GemmOperand b;
    private final Matrix c;
    private final ProductStructure structure;
    private final double alpha;
    private final boolean addToC;
    private final Workspace ws;
    private final int threads;

    private BlockedGemm(GemmEngine engine, double alpha, Operands operands, boolean addToC, Workspace ws) {
        this.engine = engine;
        this.a = operands.a();
        this.b = operands.b();
        this.c = operands.c();
        this.structure = operands.structure();
        this.alpha = alpha;
        this.addToC = addToC;
        this.ws = ws;
        double products = (double) c.rows() * c.columns() * a.columns();
        this.threads = products < SHARED_FROM ? 1 : ws.threads();
    }

    /// The operands of one product. C may share elements with A or B only if it is that very operand, not transposed,
    /// and the inner size is at most [#IN_PLACE].
    public record Operands(GemmOperand a, GemmOperand b, Matrix c, ProductStructure structure) {
        public Operands(GemmOperand a, GemmOperand b, Matrix c) {
            this(a, b, c, ProductStructure.FULL);
        }

        /// The operands of a symmetric product, of which only the lower triangle is computed.
        public static Operands symmetric(GemmOperand a, GemmOperand b, Matrix c) {
            return new Operands(a, b, c, ProductStructure.SYMMETRIC);
        }
    }

    /// C ← α A B + β C; shapes were checked.
    public static void multiply(GemmEngine engine, double alpha, Operands operands, double beta, Workspace ws) {
        Matrix c = operands.c();
        if (c.isEmpty()) {
            return;
        }
        if (operands.a().columns() == 0 || alpha == 0) {
            scale(beta, c);
            return;
        }
        if (beta != 0 && beta != 1) {
            c.decay(beta);
        }
        new BlockedGemm(engine, alpha, operands, beta != 0, ws).run();
    }

    /// Copies the lower triangle of C into the upper one.
    public static void mirror(GemmEngine engine, Matrix c, Workspace ws) {
        int strips = (c.rows() + STRIP - 1) / STRIP;
        ws.parallel(strips, s -> engine.mirror(c, s * STRIP, Math.min(c.rows(), (s + 1) * STRIP)));
    }

    private static void scale(double beta, Matrix c) {
        if (beta == 0) {
            c.fill(0);
        } else {
            c.decay(beta);
        }
    }

    private void run() {
        int depth = depthOfABlock();
        if (isDirect()) {
            runDirectly(depth);
            return;
        }
        long bytes = (long) c.rows() * depth * c.precision().bytes();
        if (b.isTransposed() && c.rows() <= c.columns()
                && bytes <= (engine.hasLargeCache() ? LEFT_BYTES : ALL_ROWS_BYTES)) {
            runByPanels(depth);
        } else {
            runByBlocks();
        }
    }

    /// Whether packing would cost more than it gives. Operands whose elements C shares have structures, which the
    /// direct product does not know.
    private boolean isDirect() {
        boolean narrow = c.columns() <= FEW_PANELS * engine.directColumns();
        boolean wanted = structure == ProductStructure.FULL
                ? narrow || c.rows() <= FEW_ROWS || (double) c.rows() * c.columns() * a.columns() <= SMALL
                : structure == ProductStructure.SYMMETRIC && narrow && !b.isTransposed();
        return wanted && c.rows() >= engine.directRows();
    }

    /// Operands stay where they are. The rows are shared out, or the columns if there are more, in parts of a whole
    /// tile and more; of a symmetric C, strips of rows are computed up to the diagonal.
    private void runDirectly(int depth) {
        boolean lower = structure.isSymmetric();
        boolean byRows = lower || c.rows() >= c.columns();
        int unit = byRows ? engine.directRows() : engine.directColumns();
        int all = byRows ? c.rows() : c.columns();
        int share = lower ? TILES_OF_A_STRIP * unit : roundUp((all + threads - 1) / threads, unit);
        int parts = Math.max(1, (all - unit) / share + 1);
        int room = (depth + engine.directRows()) * engine.directColumns();
        try (var frame = ws.open()) {
            Vector scratch = frame.vector(c.precision(), parts * room);
            GemmOperand left = alpha == 1 ? a : scaled(frame);
            ws.parallel(parts, t -> {
                int from = t * share;
                int to = t == parts - 1 ? all : from + share;
                int firstRow = byRows ? from : 0;
                int firstColumn = byRows ? 0 : from;
                int rows = (byRows ? to : c.rows()) - firstRow;
                int columns = (lower || !byRows ? to : c.columns()) - firstColumn;
                Vector own = scratch.slice(t * room, (t + 1) * room);
                for (int p = 0; p < a.columns(); p += depth) {
                    int inner = Math.min(depth, a.columns() - p);
                    engine.multiplyDirectly(new GemmBlock(left, firstRow, rows, p, inner),
                            new GemmBlock(b, p, inner, firstColumn, columns), c, addToC || p > 0, own);
                }
            });
        }
    }

    private GemmOperand scaled(Workspace.Frame frame) {
        Matrix stored = a.stored();
        Matrix scaled = frame.matrix(c.precision(), stored.rows(), stored.columns());
        engine.copyScaled(alpha, stored, scaled);
        return a.isTransposed() ? scaled.t() : scaled;
    }

    /// All rows of A are packed for a block of the inner index, and a panel of B just before it is used, in scratch
    /// that stays in the second-level cache. A panel of columns that are contiguous in memory is packed as fast alone
    /// as with others; a panel of a B with contiguous rows would be read in pieces of one cache line, so such a B is
    /// packed by blocks.
    private void runByPanels(int depth) {
        Precision precision = c.precision();
        int products = c.rows() * depth * engine.tileColumns();
        int most = roundUp(c.columns(), engine.tileColumns());
        int width = Math.min(most, (TASK + products - 1) / products * engine.tileColumns());
        int tasks = (c.columns() + width - 1) / width;
        try (var frame = ws.open()) {
            Vector left = frame.vector(precision, depth * roundUp(c.rows(), engine.tileRows()));
            Vector[] scratch = new Vector[Math.min(threads, tasks)];
            for (int t = 0; t < scratch.length; t++) {
                scratch[t] = frame.vector(precision, depth * width + edge());
            }
            for (int p = 0; p < a.columns(); p += depth) {
                Slab slab = new Slab(0, width, p, Math.min(depth, a.columns() - p), c.rows());
                packLeft(slab, left);
                AtomicInteger next = new AtomicInteger();
                ws.parallel(scratch.length, worker -> {
                    Vector own = scratch[worker].slice(edge(), scratch[worker].size());
                    Vector edge = scratch[worker].slice(0, edge());
                    PanelProduct product = product(slab, left, own, edge);
                    for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                        multiplyPanels(slab, task * width, own, product);
                    }
                });
            }
        }
    }

    /// Packs all rows, shared out over the threads.
    private void packLeft(Slab slab, Vector left) {
        int perTask = roundUp((c.rows() + threads - 1) / threads, engine.tileRows());
        ws.parallel((c.rows() + perTask - 1) / perTask, t -> {
            int from = t * perTask;
            int rows = Math.min(perTask, c.rows() - from);
            GemmBlock block = new GemmBlock(a, from, rows, slab.inner(), slab.depth());
            engine.packLeft(block, alpha, left, from * slab.depth());
        });
    }

    private void multiplyPanels(Slab slab, int column, Vector right, PanelProduct product) {
        int columns = Math.min(slab.columns(), c.columns() - column);
        engine.packRight(new GemmBlock(b, slab.inner(), slab.depth(), column, columns), right, 0);
        product.run(0, c.rows(), column, columns, 0);
    }

    private PanelProduct product(Slab slab, Vector left, Vector right, Vector edge) {
        boolean add = addToC || slab.inner() > 0;
        return engine.product(new Panels(left, right, edge, slab.inner(), slab.depth(), add, structure), c);
    }

    private void runByBlocks() {
        int inner = a.columns();
        int width = Math.min(COLUMNS, c.columns());
        int height = rowsOfABlock();
        Precision precision = c.precision();
        try (var frame = ws.open()) {
            int depth = depthOfABlock();
            Vector right = frame.vector(precision, depth * roundUp(width, engine.tileColumns()));
            Vector[] scratch = new Vector[threads];
            for (int t = 0; t < scratch.length; t++) {
                scratch[t] = frame.vector(precision, depth * roundUp(height, engine.tileRows()) + edge());
            }
            for (int j = 0; j < c.columns(); j += width) {
                int columns = Math.min(width, c.columns() - j);
                for (int p = 0; p < inner; p += depth) {
                    int depthHere = Math.min(depth, inner - p);
                    packRight(new GemmBlock(b, p, depthHere, j, columns), right);
                    multiplyRowBlocks(new Slab(j, columns, p, depthHere, height), scratch, right);
                }
            }
        }
    }

    /// Columns and inner indices of one round, and the rows of its blocks.
    private record Slab(int column, int columns, int inner, int depth, int height) {}

    /// Inner indices of a block: as many as a right panel may have, but all blocks about the same.
    private int depthOfABlock() {
        int most = mostOfABlock();
        int blocks = (a.columns() + most - 1) / most;
        return (a.columns() + blocks - 1) / blocks;
    }

    private int mostOfABlock() {
        return Math.min(DEEPEST, RIGHT_PANEL_BYTES / (engine.tileColumns() * c.precision().bytes()));
    }

    /// Rows of a block: as many as fit the cache at the greatest depth, but no fewer blocks than threads, all of about
    /// the same size. Of a lesser depth there are no more, so that rows are used soon after they were packed.
    private int rowsOfABlock() {
        int bytes = threads > 1 || engine.hasLargeCache() ? LEFT_BYTES : LEFT_BYTES_ALONE;
        int most = Math.max(1, bytes / (mostOfABlock() * c.precision().bytes()));
        int share = structure.isSymmetric() ? 4 * threads : threads;
        int blocks = (c.rows() + most - 1) / most;
        if (threads > 1) {
            blocks = roundUp(blocks, share);
        }
        return roundUp((c.rows() + blocks - 1) / blocks, engine.tileRows());
    }

    private void packRight(GemmBlock block, Vector panels) {
        int tile = engine.tileColumns();
        int count = (block.columns + tile - 1) / tile;
        int tasks = Math.min(threads, count);
        int perTask = (count + tasks - 1) / tasks * tile;
        ws.parallel(tasks, t -> {
            int from = t * perTask;
            int columns = Math.min(perTask, block.columns - from);
            if (columns > 0) {
                GemmBlock part = new GemmBlock(block.operand, block.row, block.rows, block.column + from,
                        columns);
                engine.packRight(part, panels, from * block.rows);
            }
        });
    }

    /// If there are fewer blocks of rows than threads, the columns are shared out as well.
    private void multiplyRowBlocks(Slab slab, Vector[] scratch, Vector right) {
        int blocks = (c.rows() + slab.height() - 1) / slab.height();
        int groups = Math.max(1, Math.min(threads / blocks, slab.columns() / LEAST_OF_A_GROUP));
        int tasks = blocks * groups;
        AtomicInteger next = new AtomicInteger();
        ws.parallel(Math.min(threads, tasks), worker -> {
            Vector left = scratch[worker].slice(edge(), scratch[worker].size());
            PanelProduct product = product(slab, left, right, scratch[worker].slice(0, edge()));
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                multiply(slab, task, groups, left, product);
            }
        });
    }

    private int edge() {
        return engine.tileRows() * engine.tileColumns();
    }

    /// @param task which block of rows, and which part of the columns, of `groups` parts of about the same size
    private void multiply(Slab slab, int task, int groups, Vector left, PanelProduct product) {
        int row = task / groups * slab.height();
        int rows = Math.min(slab.height(), c.rows() - row);
        int tile = engine.tileColumns();
        int panels = ((slab.columns() + tile - 1) / tile + groups - 1) / groups;
        int from = task % groups * panels * tile;
        int columns = Math.min(panels * tile, slab.columns() - from);
        int column = slab.column() + from;
        if (columns <= 0 || (structure.isSymmetric() && row + rows <= column)) {
            return;
        }
        engine.packLeft(new GemmBlock(a, row, rows, slab.inner(), slab.depth()), alpha, left, 0);
        product.run(row, rows, column, columns, from * slab.depth());
    }

    private static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }
}
