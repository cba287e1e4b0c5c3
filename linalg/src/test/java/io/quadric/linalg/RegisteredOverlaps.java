package io.quadric.linalg;

import io.quadric.linalg.Convolution.Product;
import io.quadric.linalg.operator.Dense;
import io.quadric.linalg.operator.Diagonal;
import io.quadric.linalg.operator.Identity;
import io.quadric.linalg.operator.InverseDiagonal;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.operator.LinearOperator;
import io.quadric.linalg.operator.Scaled;
import io.quadric.linalg.operator.Sum;
import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.linalg.solver.IterateListener;
import io.quadric.linalg.solver.KroneckerEigen;
import io.quadric.linalg.solver.KroneckerInverse;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.SteihaugToint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every public operation of this module that writes to an operand while it reads others: its operands' shapes, those
/// that are written, and those that may be the written one itself, the same elements in the same places.
final class RegisteredOverlaps {
    private static final ElementaryFunction F = ElementaryFunction.TANH;
    private static final Patches PATCHES = new Patches(2, 3, 2, new Window(3, 3, 1, 1));

    private RegisteredOverlaps() {}

    interface Call {
        void run(List<Matrix> m, Workspace ws);
    }

    /// @param shapes rows and columns of each operand, FLOAT64 for either precision if the sign of the rows is negative
    /// @param written operands that the call overwrites
    /// @param inPlace operands that may be the written one itself
    record Operation(String name, int[][] shapes, int[] written, int[] inPlace, Call call) {
        @Override
        public String toString() {
            return name;
        }

        Operation inPlace(int... operands) {
            return new Operation(name, shapes, written, operands, call);
        }

        Operation writes(int... operands) {
            return new Operation(name, shapes, operands, inPlace, call);
        }
    }

    /// The last operand is the result.
    private static Operation of(String name, Call call, int[]... shapes) {
        return new Operation(name, shapes, new int[]{shapes.length - 1}, new int[0], call);
    }

    private static int[] s(int rows, int columns) {
        return new int[]{rows, columns};
    }

    private static int[] wide(int rows, int columns) {
        return s(-rows, columns);
    }

    private static int[][] like(int count, int rows, int columns) {
        return Stream.generate(() -> s(rows, columns)).limit(count).toArray(int[][]::new);
    }

    static List<Operation> all() {
        return Stream.of(vectors(), products(), tensors(), elementwise(), rows(), images(), cholesky(), factors(),
                decompositions(), operators(), solvers()).flatMap(List::stream).toList();
    }

    private static List<Operation> vectors() {
        List<Operation> all = new ArrayList<>();
        all.add(of("Vector.copyFrom", (m, ws) -> v(m, 1).copyFrom(v(m, 0)), like(2, 1, 9)).inPlace(0));
        all.add(of("Vector.axpy", (m, ws) -> v(m, 1).axpy(2, v(m, 0)), like(2, 1, 9)).inPlace(0));
        all.add(of("Vector.axpby", (m, ws) -> v(m, 1).axpby(2, v(m, 0), 3), like(2, 1, 9)).inPlace(0));
        all.add(of("Vector.axpyDot", (m, ws) -> v(m, 2).axpyDot(2, v(m, 0), v(m, 1)), like(3, 1, 9)).inPlace(0, 1));
        all.add(of("Vector.conjugateStep(double, Vector, Vector, Vector)",
                (m, ws) -> v(m, 2).conjugateStep(2, v(m, 0), v(m, 1), v(m, 3)), like(4, 1, 9)).writes(2, 3));
        all.add(of("Vector.conjugateStep(double, Vector, Vector, Vector, Vector)",
                (m, ws) -> v(m, 3).conjugateStep(2, v(m, 0), v(m, 1), v(m, 2), v(m, 4)), like(5, 1, 9)).writes(3, 4));
        all.add(of("Matrix.copyFrom", (m, ws) -> m.get(1).copyFrom(m.get(0)), like(2, 3, 5)).inPlace(0));
        all.add(of("Matrix.axpby", (m, ws) -> m.get(1).axpby(2, m.get(0), 3), like(2, 3, 5)).inPlace(0));
        return all;
    }

    private static List<Operation> products() {
        return List.of(
                of("Gemm.multiply(GemmOperand, GemmOperand, Matrix)",
                        (m, ws) -> Gemm.SET.multiply(m.get(0), m.get(1), m.get(2), ws), s(3, 4), s(4, 5), s(3, 5)),
                of("Gemm.multiply(GemmOperand, GemmOperand, Matrix): transposes",
                        (m, ws) -> Gemm.SET.multiply(m.get(0).t(), m.get(1).t(), m.get(2), ws), s(4, 3), s(5, 4),
                        s(3, 5)),
                of("Gemm.syrk", (m, ws) -> Gemm.SET.syrk(m.get(0), m.get(1), ws), s(3, 4), s(3, 3)),
                of("Gemm.syrk: transposed", (m, ws) -> Gemm.SET.syrk(m.get(0).t(), m.get(1), ws), s(4, 3), s(3, 3)),
                of("Gemm.symm(Symmetric, GemmOperand, Matrix)",
                        (m, ws) -> Gemm.SET.symm(Symmetric.lower(m.get(0)), m.get(1), m.get(2), ws), s(3, 3), s(3, 4),
                        s(3, 4)),
                of("Gemm.symm(GemmOperand, Symmetric, Matrix)",
                        (m, ws) -> Gemm.SET.symm(m.get(0), Symmetric.upper(m.get(1)), m.get(2), ws), s(4, 3), s(3, 3),
                        s(4, 3)),
                of("Gemm.multiply(GemmOperand, Vector, Vector)",
                        (m, ws) -> Gemm.SET.multiply(m.get(0), v(m, 1), v(m, 2), ws), s(3, 4), s(1, 4), s(1, 3)),
                of("Gemm.multiply(GemmOperand, Vector, Vector): transposed",
                        (m, ws) -> Gemm.SET.multiply(m.get(0).t(), v(m, 1), v(m, 2), ws), s(4, 3), s(1, 4), s(1, 3)),
                of("Gemm.multiply(MatrixBatch, MatrixBatch, MatrixBatch)",
                        (m, ws) -> Gemm.SET.multiply(new MatrixBatch(m.get(0), 2), MatrixBatch.of(m.get(1)),
                                new MatrixBatch(m.get(2), 2), ws),
                        s(6, 4), s(4, 5), s(6, 5)),
                of("Gemm.multiplySymmetric", (m, ws) -> Gemm.SET.multiplySymmetric(m.get(0), m.get(0).t(), m.get(1),
                        ws), s(3, 4), s(3, 3)),
                of("Gemm.outer", (m, ws) -> Gemm.SET.outer(v(m, 0), v(m, 1), m.get(2), ws), s(1, 3), s(1, 4), s(3, 4)),
                of("Symmetric.full", (m, ws) -> Symmetric.lower(m.get(0)).full(m.get(1), ws), like(2, 4, 4)));
    }

    private static List<Operation> tensors() {
        return List.of(
                of("Tensor.matricise", (m, ws) -> tensor(m, 0, 2, 3, 4).matricise(1, m.get(1)), s(1, 24), s(3, 8)),
                of("Tensor.contract", (m, ws) -> tensor(m, 0, 2, 3, 4).contract(1, Gemm.SET, m.get(1), ws), s(1, 24),
                        s(3, 3)),
                of("Tensor.contract: last", (m, ws) -> tensor(m, 0, 2, 3, 4).contract(2, Gemm.SET, m.get(1), ws),
                        s(1, 24), s(4, 4)),
                of("Tensor.multiply", (m, ws) -> tensor(m, 0, 2, 3, 4).multiply(1, m.get(1), tensor(m, 2, 2, 5, 4), ws),
                        s(1, 24), s(5, 3), s(1, 40)),
                of("Tensor.multiply: last", (m, ws) -> tensor(m, 0, 2, 3, 4).multiply(2, m.get(1).t(),
                        tensor(m, 2, 2, 3, 5), ws), s(1, 24), s(4, 5), s(1, 30)));
    }

    private static Tensor tensor(List<Matrix> m, int i, int... sizes) {
        return Tensor.of(v(m, i), sizes);
    }

    private static List<Operation> elementwise() {
        return List.of(
                of("Elementwise.apply", (m, ws) -> Elementwise.apply(F, m.get(0), m.get(1), ws), like(2, 3, 5))
                        .inPlace(0),
                of("Elementwise.map", (m, ws) -> Elementwise.map(Math::sin, m.get(0), m.get(1), ws), like(2, 3, 5))
                        .inPlace(0),
                of("Elementwise.chain", (m, ws) -> Elementwise.chain(new FunctionPoint(F, m.get(0), m.get(1)), m.get(2),
                        m.get(3), ws), like(4, 3, 5)).inPlace(0, 1, 2),
                of("Elementwise.addSecond", (m, ws) -> Elementwise.addSecond(new FunctionPoint(F, m.get(0), m.get(1)),
                        m.get(2), m.get(3), m.get(4), ws), like(5, 3, 5)).inPlace(0, 1, 2, 3),
                of("Elementwise.axpby", (m, ws) -> Elementwise.axpby(2, m.get(0), 3, m.get(1), ws), like(2, 3, 5))
                        .inPlace(0),
                of("Hadamard.multiply", (m, ws) -> new Hadamard(2, 3).multiply(m.get(0), m.get(1), m.get(2), ws),
                        like(3, 3, 5)).inPlace(0, 1),
                of("Elementwise.power", (m, ws) -> Elementwise.power(v(m, 0), 1, 0.5, v(m, 1)), like(2, 1, 9))
                        .inPlace(0),
                of("Elementwise.divideByRoot", (m, ws) -> Elementwise.divideByRoot(new RootDivision(2, 3, 1), m.get(0),
                        m.get(1), m.get(2)), like(3, 3, 5)).inPlace(0, 1),
                of("Elementwise.divide", (m, ws) -> Elementwise.divide(m.get(0), m.get(1), m.get(2)), like(3, 3, 5))
                        .inPlace(0, 1),
                of("Elementwise.softmaxRows", (m, ws) -> Elementwise.softmaxRows(m.get(0), m.get(1), ws), like(2, 3, 5))
                        .inPlace(0),
                of("Sampling.bernoulli", (m, ws) -> Sampling.bernoulli(m.get(0), Operands.random(1), m.get(1)),
                        like(2, 3, 5)).inPlace(0),
                of("Sampling.categorical", (m, ws) -> Sampling.categorical(m.get(0), Operands.random(1), m.get(1)),
                        like(2, 3, 5)));
    }

    private static List<Operation> rows() {
        return List.of(
                of("Elementwise.addRow", (m, ws) -> Elementwise.addRow(v(m, 0), m.get(1), ws), s(1, 5), s(3, 5)),
                of("Elementwise.addRowAndApply",
                        (m, ws) -> Elementwise.addRowAndApply(F, v(m, 0), m.get(1), m.get(2), ws), s(1, 5), s(3, 5),
                        s(3, 5)).inPlace(1),
                of("Elementwise.addRowAndApply: arguments",
                        (m, ws) -> Elementwise.addRowAndApply(F, v(m, 0), m.get(1),
                                Matrix.zeros(m.get(1).precision(), 3, 5),
                                ws),
                        s(1, 5), s(3, 5)),
                of("Elementwise.sumRows", (m, ws) -> Elementwise.sumRows(2, m.get(0), 3, v(m, 1)), s(3, 5), s(1, 5)),
                of("Elementwise.rowSums", (m, ws) -> Elementwise.rowSums(m.get(0), v(m, 1)), s(3, 5), s(1, 3)),
                of("Elementwise.logSumExpRows", (m, ws) -> Elementwise.logSumExpRows(m.get(0), v(m, 1), ws), s(3, 5),
                        s(1, 3)),
                of("Elementwise.softmaxHessian",
                        (m, ws) -> Elementwise.softmaxHessian(m.get(0), v(m, 1), m.get(2), m.get(3), ws), s(3, 5),
                        s(1, 3), s(3, 5), s(3, 5)),
                of("Elementwise.softmaxGradient",
                        (m, ws) -> Elementwise.softmaxGradient(m.get(0), v(m, 1), m.get(2), m.get(3), ws), s(3, 5),
                        s(1, 3), s(3, 5), s(3, 5)),
                of("Elementwise.sigmoidGradient",
                        (m, ws) -> Elementwise.sigmoidGradient(m.get(0), m.get(1), m.get(2), ws), like(3, 3, 5))
                        .inPlace(0, 1),
                of("Elementwise.scaleRows", (m, ws) -> Elementwise.scaleRows(v(m, 0), m.get(1), m.get(2), ws), s(1, 3),
                        s(3, 5), s(3, 5)).inPlace(1),
                of("Elementwise.gatherRows",
                        (m, ws) -> Elementwise.gatherRows(m.get(0), new int[]{2, 0, 1}, m.get(1)), like(2, 3, 5)));
    }

    private static List<Operation> images() {
        int size = PATCHES.imageSize();
        Convolution convolution = new Convolution(PATCHES, 2);
        int[] weight = s(2, PATCHES.patchSize());
        return List.of(
                of("Channels.sums", (m, ws) -> Channels.sums(m.get(0), v(m, 1), ws), s(3, 6), wide(1, 2)),
                of("Channels.dots", (m, ws) -> Channels.dots(m.get(0), m.get(1), v(m, 2), ws), s(3, 6), s(3, 6),
                        wide(1, 2)),
                of("Channels.affine", (m, ws) -> Channels.affine(v(m, 0), m.get(1), v(m, 2), m.get(3), ws), wide(1, 2),
                        s(3, 6), wide(1, 2), s(3, 6)).inPlace(1),
                of("Channels.affine", (m, ws) -> Channels.affine(new Channels.Term(v(m, 0), m.get(1)),
                        new Channels.Term(v(m, 2), m.get(3)), v(m, 4), m.get(5), ws), wide(1, 2), s(3, 6), wide(1, 2),
                        s(3, 6), wide(1, 2), s(3, 6)).inPlace(1),
                of("Channels.caseSums", (m, ws) -> Channels.caseSums(m.get(0), m.get(1), ws), s(3, 6), wide(3, 2)),
                of("Channels.caseDots", (m, ws) -> Channels.caseDots(m.get(0), m.get(1), m.get(2), ws), s(3, 6),
                        s(3, 6),
                        wide(3, 2)),
                of("Channels.add", (m, ws) -> Channels.add(v(m, 0), m.get(1), m.get(2), ws), wide(1, 2), s(3, 6),
                        s(3, 6)).inPlace(1),
                of("Patches.unfold", (m, ws) -> PATCHES.unfold(m.get(0), m.get(1), ws), s(2, size),
                        s(PATCHES.patchSize(), 2 * PATCHES.places())),
                of("Patches.unfoldRows", (m, ws) -> PATCHES.unfoldRows(m.get(0), m.get(1), ws), s(2, size),
                        s(2 * PATCHES.places(), PATCHES.patchSize())),
                of("Patches.fold", (m, ws) -> PATCHES.fold(m.get(0), m.get(1), ws),
                        s(PATCHES.patchSize(), 2 * PATCHES.places()), s(2, size)),
                of("Patches.maxima", (m, ws) -> PATCHES.maxima(m.get(0), m.get(1), m.get(2), ws), s(2, size),
                        s(2, size), wide(2, size)).writes(1, 2),
                of("Patches.means", (m, ws) -> PATCHES.means(m.get(0), m.get(1), ws), like(2, 2, size)),
                of("Patches.spread", (m, ws) -> PATCHES.spread(m.get(0), m.get(1), ws), like(2, 2, size)),
                of("Patches.pick", (m, ws) -> Patches.pick(m.get(0), m.get(1), m.get(2), ws), s(2, 5), wide(2, 3),
                        s(2, 3)),
                of("Patches.place", (m, ws) -> Patches.place(m.get(0), m.get(1), m.get(2), ws), s(2, 3), wide(2, 3),
                        s(2, 5)),
                of("Convolution.multiply", (m, ws) -> convolution.multiply(
                        List.of(new Product(m.get(0), m.get(1)), new Product(m.get(0), m.get(2))), m.get(3), ws),
                        weight, s(2, size), s(2, size), s(2, size)),
                of("Convolution.multiplyTransposed", (m, ws) -> convolution.multiplyTransposed(
                        List.of(new Product(m.get(0), m.get(1)), new Product(m.get(0), m.get(2))), m.get(3), ws),
                        weight, s(2, size), s(2, size), s(2, size)),
                of("Convolution.addGradient",
                        (m, ws) -> convolution.addGradient(2, m.get(0), m.get(1), m.get(2), ws), s(2, size), s(2, size),
                        weight),
                of("Convolution.addSquaredGradients",
                        (m, ws) -> convolution.addSquaredGradients(2, m.get(0), m.get(1), m.get(2), ws), s(2, size),
                        s(2, size), weight));
    }

    private static Cholesky factored(Matrix a, Workspace ws) {
        Gemm.SET.syrk(a.copy(), a, ws);
        return ((Cholesky.Outcome.Factored) Cholesky.factorInPlace(a.addToDiagonal(1), ws)).cholesky();
    }

    private static Lu pivoted(Matrix a, Workspace ws) {
        return ((Lu.Outcome.Factored) Lu.factorInPlace(a.addToDiagonal(1), ws)).lu();
    }

    private static List<Operation> cholesky() {
        return List.of(
                of("Cholesky.invertDamped",
                        (m, ws) -> Cholesky.invertDamped(m.get(0), 1, 30, m.get(1), ws), like(2, 4, 4)).inPlace(0),
                of("Cholesky.solve(Matrix)", (m, ws) -> factored(m.get(0), ws).solve(m.get(1), ws), s(4, 4), s(4, 3)),
                of("Cholesky.solve(Vector)", (m, ws) -> factored(m.get(0), ws).solve(v(m, 1), ws), s(4, 4), s(1, 4)),
                of("Cholesky.solveLower", (m, ws) -> factored(m.get(0), ws).solveLower(m.get(1), ws), s(4, 4), s(4, 3)),
                of("Cholesky.solveUpper", (m, ws) -> factored(m.get(0), ws).solveUpper(m.get(1), ws), s(4, 4), s(4, 3)),
                of("Cholesky.inverse", (m, ws) -> factored(m.get(0), ws).inverse(m.get(1), ws), like(2, 4, 4)));
    }

    private static List<Operation> factors() {
        return List.of(
                of("Lu.solve(Matrix)", (m, ws) -> pivoted(m.get(0), ws).solve(m.get(1), ws), s(4, 4), s(4, 3)),
                of("Lu.solve(Vector)", (m, ws) -> pivoted(m.get(0), ws).solve(v(m, 1), ws), s(4, 4), s(1, 4)),
                of("Lu.solveTransposed", (m, ws) -> pivoted(m.get(0), ws).solveTransposed(m.get(1), ws), s(4, 4),
                        s(4, 3)),
                of("Triangular.solve", (m, ws) -> new Triangular(m.get(0), Triangular.Part.LOWER).solve(m.get(1), ws),
                        s(4, 4), s(4, 3)),
                of("Triangular.solveTransposed",
                        (m, ws) -> new Triangular(m.get(0), Triangular.Part.UPPER).solveTransposed(m.get(1), ws),
                        s(4, 4), s(4, 3)),
                of("Qr.solve(Matrix, Matrix)", (m, ws) -> qr(m.get(0), ws).solve(m.get(1), m.get(2), ws), s(5, 3),
                        s(5, 2), s(3, 2)),
                of("Qr.solve(Vector, Vector)", (m, ws) -> qr(m.get(0), ws).solve(v(m, 1), v(m, 2), ws), s(5, 3),
                        s(1, 5), s(1, 3)),
                of("Qr.q", (m, ws) -> qr(m.get(0), ws).q(m.get(1), ws), s(5, 3), s(5, 3)).inPlace(0));
    }

    private static Qr qr(Matrix a, Workspace ws) {
        return ((Qr.Outcome.Factored) Qr.factor(a, ws)).qr();
    }

    private static Svd svd(Matrix a, Workspace ws) {
        return ((Svd.Outcome.Decomposed) Svd.decompose(a, ws)).svd();
    }

    private static List<Operation> decompositions() {
        return List.of(
                of("SymmetricEigen.decompose",
                        (m, ws) -> SymmetricEigen.decompose(m.get(0), v(m, 1), m.get(2), ws), s(4, 4), s(1, 4), s(4, 4))
                        .writes(1, 2).inPlace(0),
                of("SymmetricEigen.function", (m, ws) -> {
                    Vector values = Vector.zeros(m.get(0).precision(), 4);
                    if (SymmetricEigen.decompose(m.get(0), values, m.get(0),
                            ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen)) {
                        eigen.function(Math::sin, m.get(1), ws);
                    }
                }, like(2, 4, 4)),
                of("InverseRoot.compute", (m, ws) -> InverseRoot.of(2).compute(m.get(0), 30, m.get(1), ws),
                        like(2, 4, 4)).inPlace(0),
                of("InverseRoot.byEigendecomposition",
                        (m, ws) -> InverseRoot.of(2).byEigendecomposition(m.get(0), 30, m.get(1), ws), like(2, 4, 4))
                        .inPlace(0),
                of("Svd.pseudoInverse", (m, ws) -> svd(m.get(0), ws).pseudoInverse(m.get(1), ws), s(5, 3), s(3, 5)),
                of("Svd.solve(Matrix, Matrix)", (m, ws) -> svd(m.get(0), ws).solve(m.get(1), m.get(2), ws), s(5, 3),
                        s(5, 2), s(3, 2)),
                of("Svd.solve(Vector, Vector)", (m, ws) -> svd(m.get(0), ws).solve(v(m, 1), v(m, 2), ws), s(5, 3),
                        s(1, 5), s(1, 3)));
    }

    private static List<Operation> operators() {
        List<Operation> all = new ArrayList<>();
        all.addAll(applied("Dense", m -> new Dense(m.get(0)), s(4, 4)));
        all.addAll(applied("Diagonal", m -> new Diagonal(v(m, 0)), s(1, 4)));
        all.addAll(applied("InverseDiagonal", m -> new InverseDiagonal(v(m, 0)), s(1, 4)));
        all.addAll(applied("Identity", m -> new Identity(m.get(1).precision(), 4), s(1, 4)));
        all.addAll(applied("Scaled", m -> new Scaled(2, new Dense(m.get(0))), s(4, 4)));
        all.addAll(applied("Sum", m -> new Sum(new Dense(m.get(0)), new Identity(m.get(1).precision(), 4)), s(4, 4)));
        all.add(of("Kronecker.apply(Vector, Vector)",
                (m, ws) -> new Kronecker(m.get(0), m.get(1)).apply(v(m, 2), v(m, 3), ws), s(2, 2), s(3, 3), s(1, 6),
                s(1, 6)));
        all.add(of("Kronecker.apply(Matrix, Matrix)",
                (m, ws) -> new Kronecker(m.get(0), m.get(1)).apply(m.get(2), m.get(3), ws), s(2, 2), s(3, 3), s(2, 3),
                s(2, 3)).inPlace(2));
        all.add(of("Kronecker.applyByColumns",
                (m, ws) -> new Kronecker(m.get(0), m.get(1)).applyByColumns(m.get(2), m.get(3), ws), s(2, 2), s(3, 3),
                s(3, 2), s(3, 2)).inPlace(2));
        return all;
    }

    private interface Made {
        LinearOperator of(List<Matrix> m);
    }

    /// The first operand is what the operator holds.
    private static List<Operation> applied(String type, Made made, int[] shape) {
        return List.of(
                of(type + ".apply", (m, ws) -> made.of(m).apply(v(m, 1), v(m, 2), ws), shape, s(1, 4), s(1, 4)),
                of(type + ".applyRows", (m, ws) -> made.of(m).applyRows(m.get(1), m.get(2), ws), shape, s(3, 4),
                        s(3, 4)));
    }

    private static List<Operation> solvers() {
        return List.of(
                of("KroneckerInverse.solve", (m, ws) -> split(m, ws).solve(m.get(2), m.get(3), ws), s(2, 2), s(3, 3),
                        s(2, 3), s(2, 3)).inPlace(2),
                of("KroneckerEigen.solve", (m, ws) -> exact(m, ws).solve(m.get(2), 30, m.get(3), ws), s(2, 2), s(3, 3),
                        s(2, 3), s(2, 3)).inPlace(2),
                of("KroneckerEigen.multiply", (m, ws) -> exact(m, ws).multiply(m.get(2), m.get(3), m.get(4), ws),
                        s(2, 2), s(3, 3), s(2, 3), s(2, 3), s(2, 3)).inPlace(2),
                of("ConjugateGradient.solve(LinearSystem, Vector)",
                        (m, ws) -> new ConjugateGradient(3, 0, 0).solve(system(m), v(m, 2), ws), s(1, 4), s(1, 4),
                        s(1, 4)),
                of("ConjugateGradient.solve(LinearSystem, Vector, IterateListener)",
                        (m, ws) -> new ConjugateGradient(3, 0, 0).solve(system(m), v(m, 2), IterateListener.NONE, ws),
                        s(1, 4), s(1, 4), s(1, 4)),
                of("SteihaugToint.solve",
                        (m, ws) -> new SteihaugToint(3, 0).solve(system(m), 0.5, v(m, 2), ws), s(1, 4), s(1, 4),
                        s(1, 4)));
    }

    /// With the preconditioner diag(m₁) and right side m₀.
    private static LinearSystem system(List<Matrix> m) {
        Matrix b = Operands.positiveDefinite(m.get(0).precision(), 4, 1, 3);
        return new LinearSystem(new Dense(b), v(m, 0), new InverseDiagonal(v(m, 1)));
    }

    private static KroneckerInverse split(List<Matrix> m, Workspace ws) {
        KroneckerInverse inverse = new KroneckerInverse(m.get(0).precision(), 2, 3);
        inverse.prepare(new Kronecker(m.get(0), m.get(1)), 1, 900, ws);
        return inverse;
    }

    private static KroneckerEigen exact(List<Matrix> m, Workspace ws) {
        KroneckerEigen eigen = new KroneckerEigen(m.get(0).precision(), 2, 3);
        eigen.prepare(new Kronecker(m.get(0), m.get(1)), ws);
        return eigen;
    }

    private static Vector v(List<Matrix> m, int i) {
        return m.get(i).row(0);
    }
}
