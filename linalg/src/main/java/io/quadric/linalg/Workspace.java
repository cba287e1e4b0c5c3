package io.quadric.linalg;

import java.util.ArrayList;
import java.util.List;

/// Scratch memory as a stack of frames, and the threads that the operations of this library may use.
///
/// ```java
/// try (var frame = ws.open()) {
///     Matrix scratch = frame.matrix(Precision.FLOAT32, rows, columns);   // contents undefined
/// }
/// ```
///
/// A workspace belongs to one thread. Frames are closed in the reverse order of their opening. After a warm-up the
/// memory is reused, and nothing is allocated but views. Results never depend on the number of threads.
public final class Workspace implements AutoCloseable {
    /// Elements of a range: more than a task costs, and few enough that many threads have work.
    private static final int RANGE = 1 << 15;

    private final ThreadTeam team;
    private final Stack doubles = new Stack(Precision.FLOAT64);
    private final Stack floats = new Stack(Precision.FLOAT32);
    private Frame top;

    private Workspace(ThreadTeam team) {
        this.team = team;
    }

    /// {@return a workspace whose operations run on the calling thread}
    public static Workspace serial() {
        return withThreads(1);
    }

    /// {@return a workspace whose operations run on `threads` threads, including the caller's}
    ///
    /// @param threads at least 1
    /// @throws IllegalArgumentException if `threads` is below 1
    public static Workspace withThreads(int threads) {
        return new Workspace(new ThreadTeam(threads));
    }

    /// {@return the number of threads, including the caller's}
    public int threads() {
        return team.threads();
    }

    /// Runs `task.run(0)` to `task.run(count − 1)`, each once, on the threads of this workspace, and returns when all
    /// have ended. The tasks must not open frames of this workspace.
    ///
    /// @param count the number of tasks
    /// @param task the work
    public void parallel(int count, Task task) {
        team.run(count, task);
    }

    /// {@return how many ranges [#ranges(int, RangeTask)] makes of `size` elements} It does not depend on the threads.
    ///
    /// @param size the number of elements
    public static int ranges(int size) {
        return Math.ceilDiv(size, RANGE);
    }

    /// Runs a task for every range of the indices 0 to `size` − 1, on the threads of this workspace: for passes over
    /// the elements of long vectors. The tasks must not open frames of this workspace.
    ///
    /// @param size the number of elements
    /// @param task what is done to a range
    public void ranges(int size, RangeTask task) {
        parallel(ranges(size), i -> task.run(i, i * RANGE, Math.min(size, (i + 1) * RANGE)));
    }

    /// {@return a sum over the indices 0 to `size` − 1, made of the sums of the ranges, the same for any number of
    ///     threads}
    ///
    /// @param size the number of elements
    /// @param part the sum over a range; it must not open frames of this workspace
    public double sum(int size, RangeSum part) {
        if (size <= RANGE) {
            return part.over(0, size);
        }
        try (Frame frame = open()) {
            Vector sums = frame.vector(Precision.FLOAT64, ranges(size));
            ranges(size, (i, from, to) -> sums.set(i, part.over(from, to)));
            return sums.sum();
        }
    }

    /// {@return a new frame on top of the stack}
    ///
    /// @throws IllegalStateException if a frame is open that another thread has opened
    public Frame open() {
        if (top != null && top.thread != Thread.currentThread()) {
            throw new IllegalStateException("a workspace belongs to one thread, and " + top.thread.getName()
                    + " has a frame open; give each thread a workspace of its own");
        }
        top = new Frame(top);
        return top;
    }

    /// {@return the scratch in use, in bytes}
    public long inUse() {
        return doubles.height() * Precision.FLOAT64.bytes() + floats.height() * Precision.FLOAT32.bytes();
    }

    /// {@return the most scratch that has been in use at the same time, in bytes}
    public long highWater() {
        return doubles.highWater() + floats.highWater();
    }

    /// Ends the other threads.
    @Override
    public void close() {
        team.close();
    }

    /// One of several independent pieces of work.
    @FunctionalInterface
    public interface Task {
        /// Does one piece of the work.
        ///
        /// @param index which piece, from 0
        void run(int index);
    }

    /// What is done to one range of the elements of a vector.
    @FunctionalInterface
    public interface RangeTask {
        /// Does it.
        ///
        /// @param index which range, from 0
        /// @param from its first element
        /// @param to the element after its last
        void run(int index, int from, int to);
    }

    /// A sum over one range of the elements of a vector.
    @FunctionalInterface
    public interface RangeSum {
        /// {@return the sum}
        ///
        /// @param from the first element of the range
        /// @param to the element after its last
        double over(int from, int to);
    }

    /// Scratch that lives until the frame is closed. Afterwards its vectors and matrices, and all views of them, refuse
    /// every use by an [IllegalStateException].
    public final class Frame implements AutoCloseable {
        private final Frame below;
        private final long doublesMark = doubles.mark();
        private final long floatsMark = floats.mark();
        private final Lifetime lifetime = new Lifetime();
        private final Thread thread = Thread.currentThread();

        private Frame(Frame below) {
            this.below = below;
        }

        /// {@return the workspace this frame lies in}
        public Workspace workspace() {
            return Workspace.this;
        }

        /// {@return a vector with undefined contents}
        ///
        /// @param precision the element type
        /// @param size the number of elements
        /// @throws IllegalStateException if this is not the topmost open frame
        public Vector vector(Precision precision, int size) {
            if (top != this) {
                throw new IllegalStateException("scratch is taken from the topmost open frame only");
            }
            Shapes.requireNotNegative("size", size);
            return (precision == Precision.FLOAT64 ? doubles : floats).take(size).lent(lifetime);
        }

        /// {@return a contiguous matrix with undefined contents}
        ///
        /// @param precision the element type
        /// @param rows the number of rows
        /// @param columns the number of columns
        /// @throws IllegalStateException if this is not the topmost open frame
        /// @throws IllegalArgumentException if a size is negative or the matrix has 2³¹ elements or more
        public Matrix matrix(Precision precision, int rows, int columns) {
            return vector(precision, Shapes.elements(rows, columns)).asMatrix(rows, columns);
        }

        /// For what uses this scratch later: that it has not been given back.
        ///
        /// @throws IllegalStateException if this frame is closed
        public void requireOpen() {
            lifetime.requireNotEnded();
        }

        /// Gives the scratch back.
        ///
        /// @throws IllegalStateException if a frame that was opened later is still open, or this one is closed already
        @Override
        public void close() {
            if (top != this) {
                throw new IllegalStateException("frames are closed in the reverse order of their opening, each once");
            }
            top = below;
            lifetime.end();
            doubles.release(doublesMark);
            floats.release(floatsMark);
        }
    }

    /// Chunks of one precision, filled in order. A mark is the index of a chunk and the number of elements used in it.
    /// A new chunk has 1/32 of all elements so far, so that little more is kept than was taken, in whole pieces of the
    /// size that is asked for, which most of the following ones have. Where the next chunk is empty and too small, it
    /// is dropped, so that one phase of a step does not hold what another one needs. That ends when the steps repeat
    /// themselves: at the lowest place where it happens a larger chunk follows.
    ///
    /// What is taken begins on a cache line if the chunk's array begins [#HEADER] bytes before one, as the large arrays
    /// of HotSpot's default collector do; otherwise it is merely slower.
    private static final class Stack {
        private static final int LINE = 64;
        private static final int HEADER = 16;
        private static final int SMALLEST = 1 << 19;
        private static final int LARGEST = 1 << 26;

        private final Precision precision;
        private final int unit;
        private final int lead;
        private final List<Vector> chunks = new ArrayList<>();
        private int chunk;
        private int used;
        private long highest;

        Stack(Precision precision) {
            this.precision = precision;
            this.unit = LINE / precision.bytes();
            this.lead = (LINE - HEADER) / precision.bytes();
            this.used = lead;
        }

        long mark() {
            return ((long) chunk << 32) | used;
        }

        void release(long mark) {
            chunk = (int) (mark >>> 32);
            used = (int) mark;
        }

        Vector take(int size) {
            if (used > lead && used + (long) size > chunks.get(chunk).size()) {
                chunk++;
                used = lead;
            }
            while (chunk < chunks.size() && used + (long) size > chunks.get(chunk).size()) {
                chunks.remove(chunk);
            }
            if (chunk == chunks.size()) {
                long piece = Math.ceilDiv(Math.max(1, (long) size), unit) * unit;
                long pieces = Math.ceilDiv(Math.clamp(height() / 32, SMALLEST, LARGEST), piece);
                chunks.add(Vector.zeros(precision, (int) Math.min(lead + pieces * piece, Integer.MAX_VALUE - 8)));
            }
            Vector taken = chunks.get(chunk).slice(used, used + size);
            used = Math.min(chunks.get(chunk).size(), lead + (used - lead + size + unit - 1) / unit * unit);
            highest = Math.max(highest, height());
            return taken;
        }

        private long height() {
            long below = 0;
            for (int i = 0; i < chunk; i++) {
                below += chunks.get(i).size();
            }
            return below + used;
        }

        long highWater() {
            return highest * precision.bytes();
        }
    }
}
