package io.quadric.linalg.internal.product;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.PlaneEngine;
import io.quadric.linalg.internal.kernel.PlaneEngine.Kernel;
import io.quadric.linalg.internal.kernel.PlaneEngine.Operands;
import io.quadric.linalg.internal.kernel.PlaneLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A convolution or its transpose, in groups of images whose planes and grid stay in the caches.
///
/// Every element is one sum in the order of channels and taps, so its bits depend neither on groups nor on threads.
public final class PlaneProduct {
    /// Elements of planes and grid of a group: half of a second-level cache of 512 KiB.
    private static final int GROUP = 1 << 16;

    /// The least number of places of a group of small images: the coefficients, which come from the outer caches if
    /// there are many channels, then serve that many places.
    private static final int PLACES = 128;

    private final PlaneEngine engine;
    private final PlaneLayout layout;
    private final boolean leavesGaps;
    private final List<Factors> products;
    private final int[][] offsets;
    private final int[][] elements;
    private final Vector[][] packed;
    private final Matrix target;
    private final Workspace ws;

    /// A weight and the images it is multiplied with, one in each row.
    public record Factors(Kernel kernel, Matrix images) {}

    private PlaneProduct(PlaneLayout each, List<Factors> products, Matrix target, Workspace.Frame frame) {
        this.engine = KernelProvider.planes(target.precision());
        this.ws = frame.workspace();
        this.layout = each.with(imagesOfAGroup(each, target.rows(), ws.threads()));
        this.leavesGaps = layout.leavesGaps();
        this.products = products;
        this.target = target;
        offsets = new int[layout.phases()][];
        elements = new int[layout.phases()][];
        packed = new Vector[layout.phases()][products.size()];
        for (int phase = 0; phase < layout.phases(); phase++) {
            offsets[phase] = layout.offsets(phase);
            elements[phase] = layout.elements(phase);
            for (int p = 0; p < products.size(); p++) {
                int size = panels() * engine.tileRows() * offsets[phase].length;
                packed[phase][p] = frame.vector(target.precision(), size);
            }
        }
    }

    private static int imagesOfAGroup(PlaneLayout each, int images, int threads) {
        int elements = each.planesSize() + each.target().channels() * each.gridLength();
        int fitting = Math.max(GROUP / elements, PLACES / each.imagePitch());
        return Math.clamp(fitting, 1, Math.max(1, Math.ceilDiv(images, threads)));
    }

    private int panels() {
        return Math.ceilDiv(layout.target().channels(), engine.tileRows());
    }

    /// target ← the sum of the products; the caller has checked shapes.
    static void multiply(PlaneLayout each, List<Factors> products, Matrix target, Workspace ws) {
        if (target.isEmpty()) {
            return;
        }
        try (var frame = ws.open()) {
            new PlaneProduct(each, products, target, frame).run(frame);
        }
    }

    private void run(Workspace.Frame frame) {
        ws.parallel(panels(), this::pack);
        int tasks = Math.ceilDiv(target.rows(), layout.images());
        int workers = Math.min(ws.threads(), tasks);
        int made = panels() * engine.tileRows() * layout.gridLength();
        Vector[] planes = new Vector[workers];
        Vector[] grids = new Vector[workers];
        for (int w = 0; w < workers; w++) {
            planes[w] = frame.vector(target.precision(), layout.planesSize());
            grids[w] = frame.vector(target.precision(), made);
        }
        AtomicInteger next = new AtomicInteger();
        ws.parallel(workers, w -> {
            planes[w].fill(0);
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                int from = task * layout.images();
                group(from, Math.min(target.rows(), from + layout.images()), planes[w], grids[w]);
            }
        });
    }

    private void pack(int panel) {
        for (int phase = 0; phase < layout.phases(); phase++) {
            for (int p = 0; p < products.size(); p++) {
                engine.pack(products.get(p).kernel(), elements[phase], panel, packed[phase][p]);
            }
        }
    }

    private void group(int from, int to, Vector planes, Vector grid) {
        Matrix part = target.rows(from, to);
        if (leavesGaps) {
            part.fill(0);
        }
        for (int phase = 0; phase < layout.phases(); phase++) {
            for (int p = 0; p < products.size(); p++) {
                if (phase == 0 || products.size() > 1) {
                    engine.place(layout, products.get(p).images().rows(from, to), planes);
                }
                Operands operands = new Operands(packed[phase][p], planes, grid, offsets[phase], layout);
                engine.multiply(operands, p > 0);
            }
            engine.take(layout, phase, grid, part);
        }
    }
}
