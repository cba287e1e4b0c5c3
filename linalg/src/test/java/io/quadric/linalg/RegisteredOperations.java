package io.quadric.linalg;

import io.quadric.linalg.Cholesky.Outcome.Factored;
import io.quadric.linalg.Convolution.Product;
import io.quadric.linalg.SymmetricEigen.Outcome.Decomposed;
import io.quadric.linalg.analysis.FactorNorm;
import io.quadric.linalg.analysis.Lanczos;
import io.quadric.linalg.analysis.SpectralDensity;
import io.quadric.linalg.analysis.TraceEstimate;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Every public operation of this module that takes a workspace: its name, with the types of its parameters where it is
/// overloaded, and after a colon which case of it.
final class RegisteredOperations {
    private static final ElementaryFunction F = ElementaryFunction.TANH;

    private RegisteredOperations() {}

    interface Operation {
        double[] run(Inputs in, Workspace ws);
    }

    record Named(String name, Operation operation) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// x, y, z of one shape; s symmetric positive definite.
    record Inputs(Matrix x, Matrix y, Matrix z, Matrix s) {
        static Inputs of(Precision precision) {
            return new Inputs(Operands.gaussian(precision, 301, 523, 1), Operands.gaussian(precision, 301, 523, 2),
                    Operands.gaussian(precision, 301, 523, 3), Operands.positiveDefinite(precision, 301, 0.1, 4));
        }

        Vector column() {
            return s.row(7);
        }

        /// What is expensive is done with it.
        Matrix small() {
            return s.rows(0, 150).columns(0, 150).copy();
        }

        SymmetricEigen eigen(Workspace ws) {
            return ((Decomposed) SymmetricEigen.decompose(small(), ws)).eigen();
        }

        Lu lu(Workspace ws) {
            return ((Lu.Outcome.Factored) Lu.factor(s, ws)).lu();
        }

        Triangular lower() {
            return new Triangular(s, Triangular.Part.LOWER);
        }

        KroneckerInverse split(Workspace ws) {
            KroneckerInverse inverse = new KroneckerInverse(s.precision(), 301, 301);
            inverse.prepare(new Kronecker(s, s), 1, 0.1, ws);
            return inverse;
        }

        KroneckerEigen exact(Workspace ws) {
            KroneckerEigen eigen = new KroneckerEigen(s.precision(), 150, 150);
            eigen.prepare(new Kronecker(small(), small()), ws);
            return eigen;
        }

        LinearSystem system() {
            return new LinearSystem(new Dense(s), column());
        }

        Cholesky cholesky(Workspace ws) {
            return ((Factored) Cholesky.factor(s, ws)).cholesky();
        }
    }

    static List<Named> all() {
        return Stream.of(products(), RegisteredFactorisations.all(), elementwise(), images(), operators(),
                solvers()).flatMap(List::stream)
                .toList();
    }

    private static List<Named> products() {
        return List.of(
                new Named("Gemm.multiply(GemmOperand, GemmOperand, Matrix)",
                        (in, ws) -> into(in.s, c -> new Gemm(2, -1).multiply(in.x, in.y.t(), c, ws))),
                new Named("Gemm.multiply(GemmOperand, GemmOperand, Matrix): transposed",
                        (in, ws) -> into(Matrix.zeros(in.x.precision(), 523, 523),
                                c -> Gemm.SET.multiply(in.x.t(), in.y, c, ws))),
                new Named("Gemm.multiply(GemmOperand, GemmOperand, Matrix): few rows",
                        (in, ws) -> into(in.x.rows(0, 5).copy(), c -> Gemm.ADD.multiply(in.s.rows(0, 5), in.y, c, ws))),
                new Named("Gemm.syrk", (in, ws) -> into(in.s, c -> new Gemm(1, 1).syrk(in.x, c, ws))),
                new Named("Gemm.symm(Symmetric, GemmOperand, Matrix)",
                        (in, ws) -> into(in.z, c -> new Gemm(2, -1).symm(Symmetric.lower(in.s), in.x, c, ws))),
                new Named("Gemm.symm(GemmOperand, Symmetric, Matrix)",
                        (in, ws) -> into(in.z.columns(0, 301).copy(),
                                c -> Gemm.ADD.symm(in.x.columns(0, 301), Symmetric.upper(in.s), c, ws))),
                new Named("Symmetric.full", (in, ws) -> into(in.s, c -> Symmetric.upper(in.s).full(c, ws))),
                new Named("Gemm.multiply(GemmOperand, Vector, Vector)",
                        (in, ws) -> into(in.y.rows(0, 1), y -> Gemm.SET.multiply(in.x.t(), in.column(), y.row(0), ws))),
                new Named("Gemm.multiply(GemmOperand, Vector, Vector): not transposed",
                        (in, ws) -> into(in.s.rows(0, 1), y -> Gemm.ADD.multiply(in.s, in.column(), y.row(0), ws))),
                new Named("Gemm.multiply(MatrixBatch, MatrixBatch, MatrixBatch)",
                        (in, ws) -> into(in.z, c -> Gemm.ADD.multiply(new MatrixBatch(in.s.columns(0, 43), 43),
                                MatrixBatch.of(in.y.rows(0, 43)), new MatrixBatch(c, 43), ws))),
                new Named("Gemm.multiplySymmetric",
                        (in, ws) -> into(in.s, c -> Gemm.ADD.multiplySymmetric(in.s, in.s, c, ws))),
                new Named("Gemm.outer", (in, ws) -> into(in.s, a -> Gemm.ADD.outer(in.column(), in.s.row(1), a, ws))),
                new Named("Tensor.contract", (in, ws) -> into(in.s.rows(0, 43).columns(0, 43).copy(),
                        c -> Tensor.of(in.x.flat(), 7, 43, 523).contract(1, Gemm.SET, c, ws))),
                new Named("Tensor.multiply", (in, ws) -> into(in.z, z -> Tensor.of(in.x.flat(), 7, 43, 523).multiply(1,
                        in.s.rows(0, 43).columns(0, 43), Tensor.of(z.flat(), 7, 43, 523), ws))));
    }

    private static List<Named> elementwise() {
        return List.of(
                new Named("Elementwise.apply", (in, ws) -> into(in.z, z -> Elementwise.apply(F, in.x, z, ws))),
                new Named("Elementwise.map", (in, ws) -> into(in.z, z -> Elementwise.map(Math::sin, in.x, z, ws))),
                new Named("Elementwise.chain",
                        (in, ws) -> into(in.z, z -> Elementwise.chain(new FunctionPoint(F, in.x, in.y), z, z, ws))),
                new Named("Elementwise.addSecond", (in, ws) -> into(in.z,
                        z -> Elementwise.addSecond(new FunctionPoint(F, in.x, in.y), in.x, in.y, z, ws))),
                new Named("Hadamard.multiply",
                        (in, ws) -> into(in.z, z -> new Hadamard(0.3, 2).multiply(in.x, in.y, z, ws))),
                new Named("Elementwise.axpby", (in, ws) -> into(in.z, z -> Elementwise.axpby(0.3, in.x, 2, z, ws))),
                new Named("Elementwise.addRow", (in, ws) -> into(in.z, z -> Elementwise.addRow(in.x.row(3), z, ws))),
                new Named("Elementwise.addRowAndApply",
                        (in, ws) -> into(in.z, z -> Elementwise.addRowAndApply(F, in.x.row(3), z, z, ws))),
                new Named("Elementwise.logSumExpRows", (in, ws) -> into(in.s.rows(0, 1),
                        s -> Elementwise.logSumExpRows(in.x, s.row(0), ws))),
                new Named("Elementwise.softmaxRows", (in, ws) -> into(in.z, z -> Elementwise.softmaxRows(in.x, z, ws))),
                new Named("Elementwise.softmaxHessian",
                        (in, ws) -> into(in.z, z -> Elementwise.softmaxHessian(in.x, in.column(), in.y, z, ws))),
                new Named("Elementwise.softmaxGradient",
                        (in, ws) -> into(in.z, z -> Elementwise.softmaxGradient(in.x, in.column(), in.y, z, ws))),
                new Named("Elementwise.sigmoidGradient",
                        (in, ws) -> into(in.z, z -> Elementwise.sigmoidGradient(in.x, in.y, z, ws))),
                new Named("Elementwise.sigmoidCrossEntropy",
                        (in, ws) -> new double[]{Elementwise.sigmoidCrossEntropy(in.x, in.y, ws)}),
                new Named("Elementwise.softmaxCrossEntropy",
                        (in, ws) -> new double[]{Elementwise.softmaxCrossEntropy(in.x, in.y, ws)}),
                new Named("Elementwise.squaredDistance",
                        (in, ws) -> new double[]{Elementwise.squaredDistance(in.x, in.y, ws)}),
                new Named("Elementwise.scaleRows",
                        (in, ws) -> into(in.z, z -> Elementwise.scaleRows(in.column(), in.x, z, ws))));
    }

    /// Images of 5 × 8 × 13 pixels.
    private static final Patches PATCHES = new Patches(5, 8, 13, new Window(3, 3, 1, 1));
    private static final Convolution CONVOLUTION = new Convolution(PATCHES, 5);

    private static Matrix weight(Inputs in) {
        return in.y.rows(0, CONVOLUTION.outputs()).columns(0, PATCHES.patchSize()).copy();
    }

    private static Matrix pixels(Matrix m) {
        return m.columns(0, PATCHES.imageSize()).copy();
    }

    private static Vector perChannel(double first) {
        return Vector.of(first, 1.0, -2.0, 0.3, 7.0);
    }

    /// Where the largest elements are.
    private static Matrix index(Inputs in, Workspace ws) {
        Matrix index = pixels(in.x).copy(Precision.FLOAT64);
        PATCHES.maxima(pixels(in.x), pixels(in.x), index, ws);
        return index;
    }

    private static Matrix ofCases(Inputs in) {
        return Matrix.zeros(Precision.FLOAT64, pixels(in.x).rows(), perChannel(0).size());
    }

    private static List<Named> images() {
        return List.of(
                new Named("Channels.sums",
                        (in, ws) -> into(perChannel(0).asRow(), s -> Channels.sums(pixels(in.x), s.row(0), ws))),
                new Named("Channels.dots", (in, ws) -> into(perChannel(0).asRow(),
                        s -> Channels.dots(pixels(in.x), pixels(in.y), s.row(0), ws))),
                new Named("Channels.affine(Vector, Matrix, Vector, Matrix)", (in, ws) -> into(pixels(in.z),
                        z -> Channels.affine(perChannel(3), pixels(in.x), perChannel(2), z, ws))),
                new Named("Channels.affine(Term, Term, Vector, Matrix)",
                        (in, ws) -> into(pixels(in.z), z -> Channels.affine(
                                new Channels.Term(perChannel(3), pixels(in.x)),
                                new Channels.Term(perChannel(4), pixels(in.y)),
                                perChannel(2), z, ws))),
                new Named("Channels.caseSums",
                        (in, ws) -> into(ofCases(in), s -> Channels.caseSums(pixels(in.x), s, ws))),
                new Named("Channels.caseDots",
                        (in, ws) -> into(ofCases(in), s -> Channels.caseDots(pixels(in.x), pixels(in.y), s, ws))),
                new Named("Channels.add",
                        (in, ws) -> into(pixels(in.z), z -> Channels.add(perChannel(3), pixels(in.x), z, ws))),
                new Named("Patches.unfold",
                        (in, ws) -> into(Matrix.zeros(in.x.precision(), PATCHES.patchSize(), 20 * PATCHES.places()),
                                u -> PATCHES.unfold(pixels(in.x).rows(0, 20), u, ws))),
                new Named("Patches.unfoldRows",
                        (in, ws) -> into(Matrix.zeros(in.x.precision(), 20 * PATCHES.places(), PATCHES.patchSize()),
                                u -> PATCHES.unfoldRows(pixels(in.x).rows(0, 20), u, ws))),
                new Named("Patches.fold", (in, ws) -> into(pixels(in.z).rows(0, 20), z -> PATCHES.fold(
                        Operands.gaussian(z.precision(), PATCHES.patchSize(), 20 * PATCHES.places(), 6), z, ws))),
                new Named("Patches.maxima", (in, ws) -> elements(index(in, ws))),
                new Named("Patches.means", (in, ws) -> into(pixels(in.z), z -> PATCHES.means(pixels(in.x), z, ws))),
                new Named("Patches.spread", (in, ws) -> into(pixels(in.z), z -> PATCHES.spread(pixels(in.x), z, ws))),
                new Named("Patches.pick",
                        (in, ws) -> into(pixels(in.z), z -> Patches.pick(pixels(in.x), index(in, ws), z, ws))),
                new Named("Patches.place",
                        (in, ws) -> into(pixels(in.z), z -> Patches.place(pixels(in.x), index(in, ws), z, ws))),
                new Named("Convolution.multiply", (in, ws) -> into(pixels(in.z), z -> CONVOLUTION.multiply(
                        List.of(new Product(weight(in), pixels(in.x))), z, ws))),
                new Named("Convolution.multiplyTransposed",
                        (in, ws) -> into(pixels(in.z), z -> CONVOLUTION.multiplyTransposed(
                                List.of(new Product(weight(in), pixels(in.x))), z, ws))),
                new Named("Convolution.addGradient",
                        (in, ws) -> into(weight(in),
                                g -> CONVOLUTION.addGradient(0.5, pixels(in.x), pixels(in.y), g, ws))),
                new Named("Convolution.addSquaredGradients",
                        (in, ws) -> into(weight(in),
                                g -> CONVOLUTION.addSquaredGradients(0.5, pixels(in.x), pixels(in.y), g, ws))));
    }

    private static List<Named> operators() {
        return List.of(
                new Named("LinearOperator.toDense",
                        (in, ws) -> elements(new Dense(in.s.rows(0, 50).columns(0, 50)).toDense(ws))),
                appliedToRows("LinearOperator", in -> new Dense(in.s)),
                appliedToRows("Scaled", in -> new Scaled(0.3, new Dense(in.s))),
                appliedToRows("Sum", in -> new Sum(new Dense(in.s), new Dense(in.s))),
                applied("Dense", in -> new Dense(in.s)),
                applied("Diagonal", in -> new Diagonal(in.column())),
                applied("Identity", in -> new Identity(in.s.precision(), 301)),
                applied("InverseDiagonal", in -> new InverseDiagonal(in.column())),
                applied("Scaled", in -> new Scaled(0.3, new Dense(in.s))),
                applied("Sum", in -> new Sum(new Dense(in.s), new Dense(in.s))),
                applied("Kronecker", in -> new Kronecker(in.s, in.s), "(Vector, Vector)"),
                new Named("Kronecker.apply(Matrix, Matrix)",
                        (in, ws) -> into(in.s, y -> new Kronecker(in.s, in.s).apply(in.s, y, ws))),
                new Named("Kronecker.applyByColumns",
                        (in, ws) -> into(in.s, y -> new Kronecker(in.s, in.s).applyByColumns(in.s, y, ws))),
                new Named("Kronecker.logDeterminant",
                        (in, ws) -> new double[]{new Kronecker(in.s, in.s).logDeterminant(ws).getAsDouble()}));
    }

    private interface Made {
        LinearOperator of(Inputs in);
    }

    private static Named applied(String type, Made made) {
        return applied(type, made, "");
    }

    private static Named applied(String type, Made made, String parameters) {
        return new Named(type + ".apply" + parameters, (in, ws) -> apply(made.of(in), ws));
    }

    private static Named appliedToRows(String type, Made made) {
        return new Named(type + ".applyRows", (in, ws) -> into(in.s.rows(0, 3), y -> made.of(in).applyRows(
                Operands.gaussian(y.precision(), 3, y.columns(), 8), y, ws)));
    }

    private static double[] apply(LinearOperator operator, Workspace ws) {
        Vector x = Operands.gaussian(operator.precision(), 1, operator.columns(), 8).row(0);
        Vector y = Vector.zeros(operator.precision(), operator.rows());
        operator.apply(x, y, ws);
        return y.toArray();
    }

    private static List<Named> solvers() {
        return List.of(
                new Named("Lanczos.run(SelfAdjointOperator, RandomGenerator)",
                        (in, ws) -> new Lanczos(20).run(new Dense(in.s), Operands.random(1), ws).values().toArray()),
                new Named("Lanczos.run(SelfAdjointOperator, Vector)",
                        (in, ws) -> new Lanczos(20).run(new Dense(in.s), in.column(), ws).values().toArray()),
                new Named("SpectralDensity.estimate", (in, ws) -> new double[]{SpectralDensity
                        .estimate(new Dense(in.s), new Lanczos(9), 2, Operands.random(1), ws).mean(Math::sqrt)}),
                new Named("TraceEstimate.hutchinson", (in, ws) -> new double[]{
                    TraceEstimate.hutchinson(new Dense(in.s), 9, Operands.random(1), ws).trace()}),
                new Named("TraceEstimate.hutchPlusPlus", (in, ws) -> new double[]{
                    TraceEstimate.hutchPlusPlus(new Dense(in.s), 9, Operands.random(1), ws).trace()}),
                new Named("FactorNorm.of", (in, ws) -> new double[]{FactorNorm.TRACE.of(in.s, ws)}),
                new Named("FactorNorm.balance", (in, ws) -> new double[]{FactorNorm.LARGEST_EIGENVALUE.balance(
                        new Kronecker(in.s, in.s.rows(0, 50).columns(0, 50)), ws)}),
                new Named("KroneckerInverse.prepare", (in, ws) -> elements(in.split(ws).leftInverse())),
                new Named("KroneckerInverse.solve", (in, ws) -> into(in.s, y -> in.split(ws).solve(in.s, y, ws))),
                new Named("KroneckerEigen.prepare", (in, ws) -> new double[]{in.exact(ws).logDeterminant(0.1)}),
                new Named("KroneckerEigen.solve",
                        (in, ws) -> into(in.small(), y -> in.exact(ws).solve(in.small(), 0.1, y, ws))),
                new Named("KroneckerEigen.multiply", (in, ws) -> into(in.small(),
                        y -> in.exact(ws).multiply(in.small(), in.small(), y, ws))),
                new Named("SteihaugToint.solve", (in, ws) -> into(in.s.rows(0, 1),
                        x -> new SteihaugToint(20, 0).solve(in.system(), 0.1, x.row(0), ws))),
                new Named("ConjugateGradient.solve(LinearSystem, Vector)", (in, ws) -> into(in.s.rows(0, 1),
                        x -> new ConjugateGradient(20, 0, 0).solve(in.system(), x.row(0), ws))),
                new Named("ConjugateGradient.solve(LinearSystem, Vector, IterateListener)",
                        (in, ws) -> into(in.s.rows(0, 1), x -> new ConjugateGradient(20, 0, 0).solve(in.system(),
                                x.row(0), IterateListener.NONE, ws))));
    }

    interface Update {
        void of(Matrix m);
    }

    static double[] into(Matrix m, Update update) {
        Matrix copy = m.copy();
        update.of(copy);
        return elements(copy);
    }

    static double[] elements(Matrix m) {
        return Arrays.stream(m.toArray()).flatMapToDouble(Arrays::stream).toArray();
    }
}
