package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Cholesky.Outcome.Factored;
import io.quadric.linalg.Elementwise.FunctionPoint;
import io.quadric.linalg.Elementwise.Pair;
import io.quadric.linalg.SymmetricEigen.Outcome.Decomposed;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every public operation that takes a workspace gives the same bits for any number of threads.
@Tag("kernels")
class DeterminismTest {
    private static final ElementaryFunction F = ElementaryFunction.TANH;

    private interface Operation {
        double[] run(Inputs in, Workspace ws);
    }

    private record Named(String name, Operation operation) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// x, y, z of one shape; s symmetric positive definite.
    private record Inputs(Matrix x, Matrix y, Matrix z, Matrix s) {
        static Inputs of(Precision precision) {
            return new Inputs(Operands.gaussian(precision, 301, 523, 1), Operands.gaussian(precision, 301, 523, 2),
                    Operands.gaussian(precision, 301, 523, 3), Operands.positiveDefinite(precision, 301, 0.1, 4));
        }

        Vector column() {
            return s.row(7);
        }

        SymmetricEigen eigen(Workspace ws) {
            return ((Decomposed) SymmetricEigen.decompose(s, ws)).eigen();
        }

        Lu lu(Workspace ws) {
            return ((Lu.Outcome.Factored) Lu.factor(s, ws)).lu();
        }

        Triangular lower() {
            return new Triangular(s, Triangular.Part.LOWER);
        }

        Cholesky cholesky(Workspace ws) {
            return ((Factored) Cholesky.factor(s, ws)).cholesky();
        }
    }

    static List<Named> operations() {
        return List.of(
                new Named("Gemm.multiply",
                        (in, ws) -> into(in.s, c -> new Gemm(2, -1).multiply(in.x, in.y.t(), c, ws))),
                new Named("Gemm.multiply, transposed",
                        (in, ws) -> into(Matrix.zeros(in.x.precision(), 523, 523),
                                c -> Gemm.SET.multiply(in.x.t(), in.y, c, ws))),
                new Named("Gemm.multiply, few rows",
                        (in, ws) -> into(in.x.rows(0, 5).copy(), c -> Gemm.ADD.multiply(in.s.rows(0, 5), in.y, c, ws))),
                new Named("Gemm.syrk", (in, ws) -> into(in.s, c -> new Gemm(1, 1).syrk(in.x, c, ws))),
                new Named("Cholesky.factor", (in, ws) -> elements(in.cholesky(ws).lower())),
                new Named("Cholesky.factorInPlace", (in, ws) -> into(in.s, a -> Cholesky.factorInPlace(a, ws))),
                new Named("Cholesky.solve", (in, ws) -> into(in.x, b -> in.cholesky(ws).solve(b, ws))),
                new Named("Cholesky.solveLower", (in, ws) -> into(in.x, b -> in.cholesky(ws).solveLower(b, ws))),
                new Named("Cholesky.solveUpper", (in, ws) -> into(in.x, b -> in.cholesky(ws).solveUpper(b, ws))),
                new Named("Cholesky.inverse", (in, ws) -> into(in.s, out -> in.cholesky(ws).inverse(out, ws))),
                new Named("SymmetricEigen.decompose", (in, ws) -> elements(in.eigen(ws).vectors())),
                new Named("SymmetricEigen.function",
                        (in, ws) -> into(in.s, c -> in.eigen(ws).function(Math::exp, c, ws))),
                new Named("InverseRoot.compute",
                        (in, ws) -> into(in.s, c -> InverseRoot.of(4).compute(in.s, 0.1, c, ws))),
                new Named("InverseRoot.byEigendecomposition",
                        (in, ws) -> into(in.s, c -> InverseRoot.of(4).byEigendecomposition(in.s, 0.1, c, ws))),
                new Named("Lu.factor", (in, ws) -> elements(in.lu(ws).factors())),
                new Named("Lu.factorInPlace", (in, ws) -> into(in.s, a -> Lu.factorInPlace(a, ws))),
                new Named("Lu.solve", (in, ws) -> into(in.x, b -> in.lu(ws).solve(b, ws))),
                new Named("Lu.solveTransposed", (in, ws) -> into(in.x, b -> in.lu(ws).solveTransposed(b, ws))),
                new Named("Triangular.solve", (in, ws) -> into(in.x, b -> in.lower().solve(b, ws))),
                new Named("Triangular.solveTransposed", (in, ws) -> into(in.x, b -> in.lower().solveTransposed(b, ws))),
                new Named("Elementwise.apply", (in, ws) -> into(in.z, z -> Elementwise.apply(F, in.x, z, ws))),
                new Named("Elementwise.chain",
                        (in, ws) -> into(in.z, z -> Elementwise.chain(F, new FunctionPoint(in.x, in.y), z, z, ws))),
                new Named("Elementwise.addSecond", (in, ws) -> into(in.z,
                        z -> Elementwise.addSecond(F, new FunctionPoint(in.x, in.y), new Pair(in.x, in.y), z, ws))),
                new Named("Elementwise.multiply",
                        (in, ws) -> into(in.z, z -> Elementwise.multiply(0.3, new Pair(in.x, in.y), 2, z, ws))),
                new Named("Elementwise.axpby", (in, ws) -> into(in.z, z -> Elementwise.axpby(0.3, in.x, 2, z, ws))),
                new Named("Elementwise.addRow", (in, ws) -> into(in.z, z -> Elementwise.addRow(in.x.row(3), z, ws))),
                new Named("Elementwise.softmaxRows", (in, ws) -> into(in.z, z -> Elementwise.softmaxRows(in.x, z, ws))),
                new Named("Elementwise.softmaxHessian",
                        (in, ws) -> into(in.z, z -> Elementwise.softmaxHessian(in.x, in.column(), in.y, z, ws))),
                new Named("Elementwise.sigmoidCrossEntropy",
                        (in, ws) -> new double[]{Elementwise.sigmoidCrossEntropy(in.x, in.y, ws)}),
                new Named("Elementwise.softmaxCrossEntropy",
                        (in, ws) -> new double[]{Elementwise.softmaxCrossEntropy(in.x, in.y, ws)}),
                new Named("Elementwise.squaredDistance",
                        (in, ws) -> new double[]{Elementwise.squaredDistance(in.x, in.y, ws)}),
                new Named("Elementwise.scaleRows",
                        (in, ws) -> into(in.z, z -> Elementwise.scaleRows(in.column(), in.x, z, ws))));
    }

    private interface Update {
        void of(Matrix m);
    }

    private static double[] into(Matrix m, Update update) {
        Matrix copy = m.copy();
        update.of(copy);
        return elements(copy);
    }

    private static double[] elements(Matrix m) {
        return Arrays.stream(m.toArray()).flatMapToDouble(Arrays::stream).toArray();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void bitsDoNotDependOnTheNumberOfThreads(Named named) {
        for (Precision precision : Precision.values()) {
            Inputs in = Inputs.of(precision);
            double[] expected = named.operation.run(in, Workspace.serial());
            for (int threads : new int[]{2, 3}) {
                try (Workspace ws = Workspace.withThreads(threads)) {
                    assertArrayEquals(expected, named.operation.run(in, ws), () -> threads + " threads");
                }
            }
        }
    }

    @Test
    void everyOperationWithAWorkspaceIsHere() {
        Set<String> tested = new TreeSet<>();
        operations().forEach(o -> tested.add(o.name.split(",")[0]));
        Set<String> existing = new TreeSet<>();
        for (Class<?> type : List.of(Gemm.class, Cholesky.class, SymmetricEigen.class, InverseRoot.class, Lu.class,
                Triangular.class, Elementwise.class)) {
            Stream.of(type.getDeclaredMethods())
                    .filter(m -> Modifier.isPublic(m.getModifiers()))
                    .filter(m -> List.of(m.getParameterTypes()).contains(Workspace.class))
                    .forEach(m -> existing.add(type.getSimpleName() + "." + m.getName()));
        }
        assertEquals(existing, tested);
    }
}
