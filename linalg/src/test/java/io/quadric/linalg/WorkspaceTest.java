package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames of scratch and the team of threads.
@Timeout(60)
class WorkspaceTest {
    @ParameterizedTest
    @EnumSource
    void scratchOfAClosedFrameRefusesEveryUse(Precision precision) {
        Workspace ws = Workspace.serial();
        Vector scratch;
        Matrix view;
        try (var frame = ws.open()) {
            scratch = frame.vector(precision, 12);
            view = scratch.slice(1, 9).asMatrix(2, 4).columns(1, 3);
        }
        Matrix other = Matrix.zeros(precision, 2, 2);
        List<Executable> uses = List.of(() -> scratch.get(0), () -> scratch.set(0, 1), () -> scratch.fill(1),
                scratch::norm, scratch::copy, () -> scratch.slice(0, 3).sum(), () -> view.get(0, 0),
                () -> view.copyFrom(other), () -> other.copyFrom(view), () -> view.row(1).scale(2),
                () -> Elementwise.axpby(1, view, 1, other, ws), () -> Gemm.SET.multiply(other, view, other.copy(), ws),
                view::toArray, () -> view.rows(0, 1).flat().sum());
        try (var frame = ws.open()) {
            frame.vector(precision, 12).fill(3);
            uses.forEach(use -> {
                String message = assertThrows(IllegalStateException.class, use).getMessage();
                assertTrue(message.contains("frame is closed"), message);
            });
        }
    }

    @Test
    void aWorkspaceIsNotUsedByTwoThreads() throws InterruptedException {
        Workspace ws = Workspace.serial();
        List<RuntimeException> refused = new ArrayList<>();
        Thread other = new Thread(() -> {
            try {
                ws.open();
            } catch (IllegalStateException e) {
                refused.add(e);
            }
        });
        try (var frame = ws.open()) {
            other.start();
            other.join();
            assertEquals(1, refused.size());
            assertTrue(refused.getFirst().getMessage().contains("belongs to one thread"));
            assertEquals(3, frame.vector(Precision.FLOAT64, 3).size());
        }
    }

    @Test
    void framesCloseInTheReverseOrderOfTheirOpening() {
        Workspace ws = Workspace.serial();
        var outer = ws.open();
        var inner = ws.open();
        assertThrows(IllegalStateException.class, outer::close);
        assertThrows(IllegalStateException.class, () -> outer.vector(Precision.FLOAT64, 1));
        inner.close();
        assertThrows(IllegalStateException.class, inner::close);
        outer.close();
    }

    /// For vectors of 1 MB, one after the other, a little more than they take, and the rest of a last vector.
    @Test
    void littleMoreIsKeptThanIsTaken() {
        int size = 1 << 18;
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Workspace ws = Workspace.serial(); var frame = ws.open()) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                frame.vector(Precision.FLOAT32, size);
            }
            long kept = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(kept <= 1.1 * ws.highWater(), kept + " of " + ws.highWater());
        }
    }

    /// Phases with vectors of other sizes, one after the other: what is kept is what the largest needs, not the sum,
    /// and after some rounds nothing is allocated any more.
    @Test
    void phasesShareTheirMemory() {
        int[][] phases = {{40, 700_000}, {10, 3_000_000}, {3, 9_000_000}, {300, 20_000}, {7, 4_100_000}};
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Workspace ws = Workspace.serial()) {
            long last = Long.MAX_VALUE;
            for (int round = 0; round < 6; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int[] phase : phases) {
                    take(ws, phase[0], phase[1]);
                    take(ws, phase[0] / 2, 2 * phase[1]);
                }
                last = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertTrue(last < 1 << 17, last + " bytes in the last round");
            double most = 0;
            for (int[] phase : phases) {
                most = Math.max(most, 4.0 * phase[0] * phase[1]);
            }
            assertTrue(ws.highWater() < 1.6 * most, ws.highWater() + " for " + most);
        }
    }

    private static void take(Workspace ws, int count, int size) {
        try (var frame = ws.open()) {
            for (int i = 0; i < count; i++) {
                frame.vector(Precision.FLOAT32, size);
            }
        }
    }

    @Test
    void scratchOfOpenFramesIsDisjointAndIsReusedAfterwards() {
        Workspace ws = Workspace.serial();
        Vector first;
        float[] array;
        try (var outer = ws.open()) {
            first = outer.vector(Precision.FLOAT32, 100).fill(1);
            try (var inner = ws.open()) {
                inner.matrix(Precision.FLOAT32, 1000, 1000).fill(2);
                inner.vector(Precision.FLOAT64, 10).fill(3);
            }
            assertEquals(100, first.sum());
            array = first.floats();
        }
        try (var frame = ws.open()) {
            Vector again = frame.vector(Precision.FLOAT32, 100);
            assertSame(array, again.floats());
            assertEquals(first.offset(), again.offset());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyTaskRunsOnce(int threads) {
        try (Workspace ws = Workspace.withThreads(threads)) {
            for (int count = 0; count < 200; count++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(count);
                ws.parallel(count, runs::incrementAndGet);
                for (int i = 0; i < count; i++) {
                    assertEquals(1, runs.get(i));
                }
            }
        }
    }

    @Test
    void theFailureOfTheFirstTaskIsThrownAndTheTeamGoesOn() {
        try (Workspace ws = Workspace.withThreads(3)) {
            for (int round = 0; round < 50; round++) {
                var e = assertThrows(IllegalStateException.class, () -> ws.parallel(30, i -> {
                    if (i >= 4) {
                        throw new IllegalStateException("task " + i);
                    }
                }));
                assertEquals("task 4", e.getMessage());
                double[] out = new double[9];
                ws.parallel(9, i -> out[i] = i);
                assertArrayEquals(new double[]{0, 1, 2, 3, 4, 5, 6, 7, 8}, out);
            }
        }
    }

    @Test
    void aRunWithinATaskIsDoneByThatTask() {
        try (Workspace ws = Workspace.withThreads(2)) {
            int[][] out = new int[4][5];
            ws.parallel(4, i -> ws.parallel(5, j -> out[i][j] = 10 * i + j));
            assertArrayEquals(new int[]{30, 31, 32, 33, 34}, out[3]);
        }
    }

    @Test
    void anInterruptDoesNotEndARunAndIsKept() {
        try (Workspace ws = Workspace.withThreads(2)) {
            int[] out = new int[2];
            Thread.currentThread().interrupt();
            ws.parallel(2, i -> {
                long end = System.nanoTime() + 5_000_000L * i;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                out[i] = 1;
            });
            assertTrue(Thread.interrupted());
            assertFalse(Thread.interrupted());
            assertArrayEquals(new int[]{1, 1}, out);
        }
    }

    @Test
    void afterClosingTheCallerWorksAlone() {
        Workspace ws = Workspace.withThreads(2);
        ws.close();
        Thread[] by = new Thread[4];
        ws.parallel(4, i -> by[i] = Thread.currentThread());
        for (Thread t : by) {
            assertSame(Thread.currentThread(), t);
        }
        assertThrows(IllegalArgumentException.class, () -> Workspace.withThreads(0));
    }
}
