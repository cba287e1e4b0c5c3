package io.quadric.linalg;

import static io.quadric.linalg.RegisteredOperations.elements;
import static io.quadric.linalg.RegisteredOperations.into;

import io.quadric.linalg.RegisteredOperations.Inputs;
import io.quadric.linalg.RegisteredOperations.Named;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// The factorisations among the [RegisteredOperations].
final class RegisteredFactorisations {
    private RegisteredFactorisations() {}

    static List<Named> all() {
        return Stream.of(definite(), general(), orthogonal()).flatMap(List::stream).toList();
    }

    private static List<Named> definite() {
        return List.of(
                new Named("Cholesky.factor", (in, ws) -> elements(in.cholesky(ws).lower())),
                new Named("Cholesky.factorInPlace", (in, ws) -> into(in.s(), a -> Cholesky.factorInPlace(a, ws))),
                new Named("Cholesky.invertDamped",
                        (in, ws) -> into(in.s(), out -> Cholesky.invertDamped(in.s(), 0.9, 0.1, out, ws))),
                new Named("Cholesky.solve(Matrix)", (in, ws) -> into(in.x(), b -> in.cholesky(ws).solve(b, ws))),
                new Named("Cholesky.solveLower", (in, ws) -> into(in.x(), b -> in.cholesky(ws).solveLower(b, ws))),
                new Named("Cholesky.solveUpper", (in, ws) -> into(in.x(), b -> in.cholesky(ws).solveUpper(b, ws))),
                new Named("Cholesky.inverse", (in, ws) -> into(in.s(), out -> in.cholesky(ws).inverse(out, ws))),
                new Named("SymmetricEigen.decompose(Matrix)", (in, ws) -> elements(in.eigen(ws).vectors())),
                new Named("SymmetricEigen.function",
                        (in, ws) -> into(in.small(), c -> in.eigen(ws).function(Math::exp, c, ws))),
                new Named("InverseRoot.compute",
                        (in, ws) -> into(in.small(), c -> InverseRoot.of(4).compute(in.small(), 0.1, c, ws))),
                new Named("InverseRoot.byEigendecomposition",
                        (in, ws) -> into(in.small(),
                                c -> InverseRoot.of(4).byEigendecomposition(in.small(), 0.1, c, ws))),
                new Named("Cholesky.solve(Vector)",
                        (in, ws) -> into(in.s().rows(0, 1), b -> in.cholesky(ws).solve(b.row(0), ws))),
                new Named("SymmetricEigen.decompose(Matrix, Vector, Matrix)", (in, ws) -> into(in.small(),
                        v -> SymmetricEigen.decompose(in.small(), Vector.zeros(v.precision(), v.rows()), v, ws))));
    }

    private static List<Named> general() {
        return List.of(
                new Named("Lu.factor", (in, ws) -> elements(in.lu(ws).factors())),
                new Named("Lu.factorInPlace", (in, ws) -> into(in.s(), a -> Lu.factorInPlace(a, ws))),
                new Named("Lu.solve(Matrix)", (in, ws) -> into(in.x(), b -> in.lu(ws).solve(b, ws))),
                new Named("Lu.solveTransposed", (in, ws) -> into(in.x(), b -> in.lu(ws).solveTransposed(b, ws))),
                new Named("Triangular.solve", (in, ws) -> into(in.x(), b -> in.lower().solve(b, ws))),
                new Named("Triangular.solveTransposed",
                        (in, ws) -> into(in.x(), b -> in.lower().solveTransposed(b, ws))),
                new Named("Lu.solve(Vector)", (in, ws) -> into(in.s().rows(0, 1), b -> in.lu(ws).solve(b.row(0), ws))));
    }

    private static List<Named> orthogonal() {
        return List.of(
                new Named("Qr.factor", (in, ws) -> elements(qr(in, ws).r())),
                new Named("Qr.q", (in, ws) -> into(tall(in), q -> qr(in, ws).q(q, ws))),
                new Named("Qr.solve(Matrix, Matrix)",
                        (in, ws) -> into(in.s(), x -> qr(in, ws).solve(right(in), x, ws))),
                new Named("Qr.solve(Vector, Vector)", (in, ws) -> into(in.s().rows(0, 1),
                        x -> qr(in, ws).solve(in.x().row(0), x.row(0), ws))),
                new Named("Svd.decompose", (in, ws) -> triplets(svd(in, ws))),
                new Named("Svd.pseudoInverse", (in, ws) -> into(Matrix.zeros(in.x().precision(), 160, 90),
                        out -> svd(in, ws).pseudoInverse(out, ws))),
                new Named("Svd.solve(Matrix, Matrix)", (in, ws) -> into(Matrix.zeros(in.x().precision(), 160, 5),
                        x -> svd(in, ws).solve(in.y().rows(0, 90).columns(0, 5), x, ws))),
                new Named("Svd.solve(Vector, Vector)", (in, ws) -> into(Matrix.zeros(in.x().precision(), 1, 160),
                        x -> svd(in, ws).solve(in.y().row(0).slice(0, 90), x.row(0), ws))),
                new Named("Eigenvalues.of", (in, ws) -> both(eigenvalues(in, ws))));
    }

    private static Matrix tall(Inputs in) {
        return in.x().reshape(523, 301);
    }

    private static Matrix right(Inputs in) {
        return in.y().reshape(523, 301);
    }

    private static Qr qr(Inputs in, Workspace ws) {
        return ((Qr.Outcome.Factored) Qr.factor(tall(in), ws)).qr();
    }

    private static Svd svd(Inputs in, Workspace ws) {
        return ((Svd.Outcome.Decomposed) Svd.decompose(in.x().rows(0, 90).columns(0, 160), ws)).svd();
    }

    private static double[] triplets(Svd svd) {
        return Stream.of(svd.u(), svd.values().asRow(), svd.v())
                .flatMapToDouble(m -> DoubleStream.of(elements(m))).toArray();
    }

    private static Eigenvalues eigenvalues(Inputs in, Workspace ws) {
        return ((Eigenvalues.Outcome.Computed) Eigenvalues.of(in.x().columns(0, 301), ws)).values();
    }

    private static double[] both(Eigenvalues values) {
        return DoubleStream
                .concat(DoubleStream.of(values.real().toArray()), DoubleStream.of(values.imaginary().toArray()))
                .toArray();
    }
}
