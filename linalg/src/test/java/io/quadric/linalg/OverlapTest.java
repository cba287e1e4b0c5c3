package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.RegisteredOverlaps.Operation;
import io.quadric.linalg.operator.LinearOperator;
import io.quadric.linalg.solver.LinearSystem;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Operands that share elements: an operation gives what it gives for copies of them, or throws. Each operand is placed
/// on each written one in the ways in which their rows can meet, with and without gaps between rows.
@Execution(ExecutionMode.CONCURRENT)
class OverlapTest {
    /// Do not write to an operand.
    private static final Set<String> READERS = Set.of("dot", "sigmoidCrossEntropy", "softmaxCrossEntropy",
            "squaredDistance", "argMaxRows", "factor", "factorInPlace", "decompose", "of", "check", "checkRows",
            "toDense", "logDeterminant", "prepare", "balance", "iterate", "equals");

    /// Shifts by so many elements, more than a row has, are all tried; of larger ones some.
    private static final int NEAR = 12;

    static List<Operation> operations() {
        return RegisteredOverlaps.all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOverlapIsRefusedOrHarmless(Operation operation) {
        for (Precision precision : Precision.values()) {
            for (int result : operation.written()) {
                IntStream.range(0, operation.shapes().length).filter(operand -> operand != result)
                        .forEach(operand -> placements(operation, precision, operand, result));
            }
        }
    }

    private static void placements(Operation operation, Precision precision, int operand, int result) {
        if (precision != Precision.FLOAT64
                && (operation.shapes()[operand][0] < 0 || operation.shapes()[result][0] < 0)) {
            return;
        }
        for (int gaps = 0; gaps < 4; gaps++) {
            int[] x = view(operation, operand, 3 * (gaps & 1));
            int[] y = view(operation, result, 3 * (gaps >> 1));
            int most = size(x) + size(y);
            int step = Math.max(1, most / 12);
            IntStream.concat(IntStream.range(-NEAR, NEAR), IntStream.iterate(-most, i -> i < size(y), i -> i + step))
                    .forEach(shift -> new Placement(operation, precision, operand, result, x, y, shift).run());
        }
    }

    /// Rows, columns and the distance of rows.
    private static int[] view(Operation operation, int operand, int gap) {
        int[] shape = operation.shapes()[operand];
        return new int[]{Math.abs(shape[0]), shape[1], shape[1] + (Math.abs(shape[0]) > 1 ? gap : 0)};
    }

    private static int size(int[] view) {
        return (view[0] - 1) * view[2] + view[1];
    }

    /// Operand x lies `shift` elements after the written operand y in one array; all others have arrays of their own.
    private record Placement(Operation operation, Precision precision, int operand, int result, int[] x, int[] y,
            int shift) {
        void run() {
            Vector array = Vector.zeros(precision, size(x) + size(y) + Math.abs(shift));
            Sampling.uniform(0.5, 1.5, Operands.random(shift), array.asRow());
            List<Matrix> shared = new ArrayList<>();
            for (int i = 0; i < operation.shapes().length; i++) {
                shared.add(i == operand
                        ? part(array, x, Math.max(0, shift))
                        : i == result ? part(array, y, Math.max(0, -shift)) : other(i));
            }
            List<Matrix> copies = shared.stream().map(Matrix::copy).toList();
            boolean same = shift == 0 && Arrays.equals(x, y)
                    && Arrays.stream(operation.inPlace()).anyMatch(i -> i == operand);
            try {
                operation.call().run(shared, Workspace.serial());
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("share"), e.getMessage());
                assertTrue(!same && meet(), () -> "refused without need: " + this + ": " + e.getMessage());
                return;
            }
            operation.call().run(copies, Workspace.serial());
            for (int written : operation.written()) {
                double[] expected = copies.get(written).toDoubleArray();
                double bound = (precision == Precision.FLOAT64 ? 1e-11 : 1e-3) * (1 + Vector.of(expected).maxAbs());
                assertArrayEquals(expected, shared.get(written).toDoubleArray(), bound, this::toString);
            }
        }

        private Matrix other(int i) {
            int[] shape = operation.shapes()[i];
            Matrix m = Matrix.zeros(shape[0] < 0 ? Precision.FLOAT64 : precision, Math.abs(shape[0]), shape[1]);
            Sampling.uniform(0.5, 1.5, Operands.random(i), m);
            return m;
        }

        private static Matrix part(Vector array, int[] view, int offset) {
            return new Matrix(array.slice(offset, array.size()), view[0], view[1], view[2]);
        }

        private boolean meet() {
            Set<Integer> places = new TreeSet<>(places(x, shift));
            places.retainAll(places(y, 0));
            return !places.isEmpty();
        }

        private static List<Integer> places(int[] view, int offset) {
            return IntStream.range(0, view[0] * view[1])
                    .map(e -> offset + e / view[1] * view[2] + e % view[1]).boxed().toList();
        }

        @Override
        public String toString() {
            return operation + ", " + precision + ": operand " + operand + " " + Arrays.toString(x) + " at " + shift
                    + " from " + result + " " + Arrays.toString(y);
        }
    }

    @Test
    void aRepeatedRowIsNotWrittenTo() {
        Matrix repeated = Vector.of(1, 2, 3).repeated(3);
        Matrix x = Matrix.zeros(Precision.FLOAT64, 3, 3);
        List<Runnable> writers = List.of(() -> repeated.fill(1), () -> repeated.scale(2),
                () -> repeated.addToDiagonal(1), () -> repeated.copyFrom(x), () -> repeated.axpby(1, x, 1),
                () -> Gemm.SET.multiply(x, x, repeated, Workspace.serial()),
                () -> Elementwise.apply(ElementaryFunction.TANH, x, repeated, Workspace.serial()));
        for (Runnable writer : writers) {
            String message = assertThrows(IllegalArgumentException.class, writer::run).getMessage();
            assertTrue(message.contains("repeated row"), message);
        }
        assertArrayEquals(new double[]{1, 2, 3}, repeated.row(0).toArray());
    }

    @Test
    void everyOperationThatWritesIsRegistered() throws IOException, URISyntaxException {
        Set<String> registered = new TreeSet<>();
        operations().forEach(o -> registered.add(o.name().split("[:(]")[0]));
        Set<String> existing = new TreeSet<>();
        for (Class<?> anchor : List.of(Gemm.class, LinearOperator.class, LinearSystem.class)) {
            for (Class<?> type : DeterminismTest.publicTypes(anchor)) {
                Stream.of(type.getDeclaredMethods()).filter(OverlapTest::mayWrite)
                        .forEach(m -> existing.add(type.getSimpleName() + "." + m.getName()));
            }
        }
        registered.removeIf(name -> !existing.contains(name) && name.endsWith(".applyRows"));
        existing.add("SymmetricEigen.decompose");
        existing.remove("LinearOperator.applyRows");
        assertEquals(existing, registered);
    }

    private static boolean mayWrite(Method m) {
        boolean takesArrays = Stream.of(m.getParameterTypes())
                .anyMatch(t -> t == Matrix.class || t == Vector.class || t == Tensor.class || t == MatrixBatch.class);
        return Modifier.isPublic(m.getModifiers()) && !Modifier.isAbstract(m.getModifiers()) && !m.isSynthetic()
                && takesArrays && (m.getReturnType() == void.class || returnsAfterWriting(m))
                && !READERS.contains(m.getName()) && !onlyWrites(m);
    }

    /// Instead of an object made of what it was given.
    private static boolean returnsAfterWriting(Method m) {
        boolean chained = m.getReturnType() == m.getDeclaringClass() && !Modifier.isStatic(m.getModifiers());
        boolean reports = List.of("Outcome", "SolveReport", "double", "boolean")
                .contains(m.getReturnType().getSimpleName());
        return chained || reports;
    }

    /// Has a single operand.
    private static boolean onlyWrites(Method m) {
        return List.of("uniform", "gaussian", "rademacher").contains(m.getName());
    }
}
