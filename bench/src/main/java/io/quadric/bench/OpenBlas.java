package io.quadric.bench;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/// The native library OpenBLAS through the foreign function API: the build on the class path, where there is one for
/// this platform, or else the one that the system has (Debian: `libopenblas0-pthread`).
///
/// The library chooses its kernels by the processor; environment variables that would force older ones on it are
/// removed before it is loaded, and its threads are told not to spin for long.
public final class OpenBlas {
    private static final List<String> NAMES = List.of("libopenblas.so.0", "libopenblas.so", "libopenblas.dylib");
    private static final List<String> FORCING = List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE");

    /// Its threads go on spinning after a call for 2 to this power of cycles, some milliseconds; without
    /// the variable it is so long that they disturb the turn of the next.
    private static final String TIMEOUT = "OPENBLAS_THREAD_TIMEOUT";
    private static final String SPINNING = "22";

    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private static final Optional<OpenBlas> FOUND = load();

    private final SymbolLookup symbols;
    private final MethodHandle sgemm;
    private final MethodHandle dgemm;

    private OpenBlas(SymbolLookup symbols) {
        this.symbols = symbols;
        sgemm = handle("cblas_sgemm", gemm(ValueLayout.JAVA_FLOAT));
        dgemm = handle("cblas_dgemm", gemm(ValueLayout.JAVA_DOUBLE));
    }

    /// {@return the library, if there is one}
    public static Optional<OpenBlas> find() {
        return FOUND;
    }

    private static Optional<OpenBlas> load() {
        environment();
        Optional<SymbolLookup> bundled = BundledOpenBlas.find()
                .map(library -> SymbolLookup.libraryLookup(library, Arena.global()));
        return bundled.or(OpenBlas::ofTheSystem).map(OpenBlas::new);
    }

    private static Optional<SymbolLookup> ofTheSystem() {
        for (String name : NAMES) {
            try {
                return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
            } catch (IllegalArgumentException absent) {
                // try the next name
            }
        }
        return Optional.empty();
    }

    /// Changes the environment that native code sees; Java's own view of it stays as it was.
    private static void environment() {
        FORCING.forEach(variable -> call("unsetenv", variable));
        call("setenv", TIMEOUT, SPINNING, 1);
    }

    /// Calls a function of the C library with texts and numbers, if there is such a function.
    private static void call(String function, Object... arguments) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> address = linker.defaultLookup().find(function);
        if (address.isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemoryLayout[] layouts = new MemoryLayout[arguments.length];
            Object[] values = arguments.clone();
            for (int i = 0; i < values.length; i++) {
                boolean text = values[i] instanceof String;
                layouts[i] = text ? ValueLayout.ADDRESS : ValueLayout.JAVA_INT;
                values[i] = text ? arena.allocateFrom((String) values[i]) : values[i];
            }
            FunctionDescriptor descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts);
            Object failed = linker.downcallHandle(address.get(), descriptor).invokeWithArguments(values);
            if (!failed.equals(0)) {
                throw new IllegalStateException(function + " failed for " + arguments[0]);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static FunctionDescriptor gemm(MemoryLayout scalar) {
        var i = ValueLayout.JAVA_INT;
        var p = ValueLayout.ADDRESS;
        return FunctionDescriptor.ofVoid(i, i, i, i, i, i, scalar, p, i, p, i, scalar, p, i);
    }

    MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
    }

    /// {@return version, kernels and threading, as the library tells them}
    public String configuration() {
        try {
            MethodHandle config = handle("openblas_get_config", FunctionDescriptor.of(ValueLayout.ADDRESS));
            return ((MemorySegment) config.invokeExact()).reinterpret(1000).getString(0).strip();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sets the number of threads of the following calls.
    ///
    /// @param threads at least 1
    public void setThreads(int threads) {
        try {
            handle("openblas_set_num_threads", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(threads);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// A matrix in native memory.
    ///
    /// @param elements row-major, without gaps
    /// @param rows the number of rows
    /// @param columns the number of columns
    /// @param precision the element type
    public record Native(MemorySegment elements, int rows, int columns, Precision precision) {
        /// {@return a copy of `x`}
        ///
        /// @param x what is copied
        /// @param arena where to
        public static Native of(Matrix x, Arena arena) {
            long size = (long) x.rows() * x.columns();
            MemorySegment to = arena.allocate(size * x.precision().bytes(), 64);
            MemorySegment from = x.precision() == Precision.FLOAT64
                    ? MemorySegment.ofArray(x.flat().copy().doubles())
                    : MemorySegment.ofArray(x.flat().copy().floats());
            to.copyFrom(from);
            return new Native(to, x.rows(), x.columns(), x.precision());
        }

        /// {@return element (i, j)}
        ///
        /// @param i the row
        /// @param j the column
        public double get(int i, int j) {
            long at = (long) i * columns + j;
            return precision == Precision.FLOAT64
                    ? elements.getAtIndex(ValueLayout.JAVA_DOUBLE, at)
                    : elements.getAtIndex(ValueLayout.JAVA_FLOAT, at);
        }
    }

    /// C ← A B, where the operands are stored transposed if `layout` has a T in their place, as in "NT".
    ///
    /// @param layout two letters
    /// @param a the first operand as stored
    /// @param b the second operand as stored
    /// @param c overwritten
    public void multiply(String layout, Native a, Native b, Native c) {
        int ta = layout.charAt(0) == 'T' ? TRANSPOSED : PLAIN;
        int tb = layout.charAt(1) == 'T' ? TRANSPOSED : PLAIN;
        int k = ta == TRANSPOSED ? a.rows : a.columns;
        try {
            if (c.precision == Precision.FLOAT64) {
                dgemm.invokeExact(ROW_MAJOR, ta, tb, c.rows, c.columns, k, 1.0, a.elements, a.columns, b.elements,
                        b.columns, 0.0, c.elements, c.columns);
            } else {
                sgemm.invokeExact(ROW_MAJOR, ta, tb, c.rows, c.columns, k, 1f, a.elements, a.columns, b.elements,
                        b.columns, 0f, c.elements, c.columns);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
