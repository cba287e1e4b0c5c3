package io.quadric.bench;

import io.quadric.bench.OpenBlas.Native;
import io.quadric.linalg.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The factorisations of LAPACK within OpenBLAS, by their Fortran names, for symmetric matrices of one size. A
/// row-major lower triangle is a column-major upper one.
final class Lapack {
    private final MethodHandle potrf;
    private final MethodHandle potri;
    private final MethodHandle syevd;
    private final MemorySegment upper;
    private final MemorySegment vectors;
    private final MemorySegment order;
    private final MemorySegment status;
    private final MemorySegment values;
    private final MemorySegment work;
    private final MemorySegment workSize;
    private final MemorySegment indices;
    private final MemorySegment indicesSize;

    /// Everything that calls on n × n matrices need, in native memory.
    Lapack(OpenBlas library, Precision precision, int n, Arena arena) {
        String letter = precision == Precision.FLOAT64 ? "d" : "s";
        var p = ValueLayout.ADDRESS;
        var length = ValueLayout.JAVA_LONG;
        FunctionDescriptor triangle = FunctionDescriptor.ofVoid(p, p, p, p, p, length);
        potrf = library.handle(letter + "potrf_", triangle);
        potri = library.handle(letter + "potri_", triangle);
        syevd = library.handle(letter + "syevd_",
                FunctionDescriptor.ofVoid(p, p, p, p, p, p, p, p, p, p, p, length, length));
        upper = arena.allocateFrom("U");
        vectors = arena.allocateFrom("V");
        order = arena.allocateFrom(ValueLayout.JAVA_INT, n);
        status = arena.allocate(ValueLayout.JAVA_INT);
        values = arena.allocate((long) n * precision.bytes(), 64);
        // more than the least that syevd documents, so that its blocked parts run
        int elements = 2 * n * n + 70 * n + 100;
        work = arena.allocate((long) elements * precision.bytes(), 64);
        workSize = arena.allocateFrom(ValueLayout.JAVA_INT, elements);
        indices = arena.allocate((5L * n + 10) * Integer.BYTES, 64);
        indicesSize = arena.allocateFrom(ValueLayout.JAVA_INT, 5 * n + 10);
    }

    /// A ← its Cholesky factor, in the row-major lower triangle.
    void cholesky(Native a) {
        call(potrf, a);
    }

    /// A ← A⁻¹, in the row-major lower triangle.
    void inverse(Native a) {
        call(potrf, a);
        call(potri, a);
    }

    private void call(MethodHandle routine, Native a) {
        try {
            routine.invokeExact(upper, order, a.elements(), order, status, 1L);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        check();
    }

    /// A ← its eigenvectors, row by row.
    void eigen(Native a) {
        try {
            syevd.invokeExact(vectors, upper, order, a.elements(), order, values, work, workSize, indices,
                    indicesSize, status, 1L, 1L);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        check();
    }

    /// The eigenvalue of the last [#eigen], in ascending order.
    double eigenvalue(int i, Precision precision) {
        return precision == Precision.FLOAT64
                ? values.getAtIndex(ValueLayout.JAVA_DOUBLE, i)
                : values.getAtIndex(ValueLayout.JAVA_FLOAT, i);
    }

    private void check() {
        int info = status.get(ValueLayout.JAVA_INT, 0);
        if (info != 0) {
            throw new IllegalStateException("LAPACK returned " + info);
        }
    }
}
