package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/// What cannot be factored is reported as a value that says where and what to do, for any order and place.
@Tag("kernels")
class FactorizationFailureProperties {
    private static final double[] BAD = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    private static Matrix definite(Precision precision, int n, long seed) {
        return Operands.inside(Operands.conditioned(precision, n, 10, seed), (int) (seed & 1));
    }

    @Property(tries = 40)
    void aNegativePivot(
            @ForAll @IntRange(min = 1, max = 140) int n, @ForAll Precision precision, @ForAll long seed) {
        int place = (int) Math.floorMod(seed, (long) n);
        Matrix a = definite(precision, n, seed);
        a.set(place, place, -1);
        Matrix out = Matrix.zeros(precision, n, n).fill(7);
        try (Workspace ws = Workspace.withThreads(2)) {
            var failed = assertInstanceOf(Cholesky.Outcome.NotPositiveDefinite.class, Cholesky.factor(a, ws));
            assertEquals(place, failed.pivot());
            assertTrue(failed.value() <= -1 && failed.advice().contains("damping"), failed.advice());
            var root = assertInstanceOf(InverseRoot.Outcome.NotPositiveDefinite.class,
                    InverseRoot.of(2).compute(a, 0, out, ws));
            assertTrue(root.eigenvalue() < 0 && root.advice().contains("damping"), root.advice());
        }
        assertEquals(7.0 * n, out.norm(), 1e-12 * n);
    }

    @Property(tries = 40)
    void aColumnOfZeros(
            @ForAll @IntRange(min = 1, max = 140) int n, @ForAll Precision precision, @ForAll long seed) {
        int place = (int) Math.floorMod(seed, (long) n);
        Matrix a = Operands.gaussian(precision, n, n, seed);
        a.columns(place, place + 1).fill(0);
        try (Workspace ws = Workspace.withThreads(2)) {
            var singular = assertInstanceOf(Lu.Outcome.Singular.class, Lu.factor(a, ws));
            assertEquals(place, singular.pivot());
            assertTrue(singular.value() == 0 && singular.advice().contains("singular"), singular.advice());
        }
    }

    @Property(tries = 60)
    void anInfiniteOrUndefinedElement(@ForAll @IntRange(min = 1, max = 140) int n, @ForAll Precision precision,
            @ForAll @IntRange(max = 2) int which, @ForAll long seed) {
        int i = (int) Math.floorMod(seed, (long) n);
        int j = (int) Math.floorMod(seed >>> 20, i + 1L);
        Matrix a = definite(precision, n, seed);
        a.set(i, j, BAD[which]);
        Matrix out = Matrix.zeros(precision, n, n).fill(7);
        Vector values = Vector.zeros(precision, n).fill(7);
        try (Workspace ws = Workspace.withThreads(2)) {
            var cholesky = assertInstanceOf(Cholesky.Outcome.NotPositiveDefinite.class, Cholesky.factor(a, ws));
            assertTrue(cholesky.pivot() == i || BAD[which] > 0 && i == j, () -> "pivot " + cholesky.pivot());
            assertTrue(cholesky.advice().contains("infinite or NaN"), cholesky.advice());
            var lu = assertInstanceOf(Lu.Outcome.Singular.class, Lu.factor(a, ws));
            assertTrue(lu.advice().contains("infinite or NaN"), lu.advice());
            var eigen = SymmetricEigen.decompose(a, values, out, ws);
            assertTrue(assertInstanceOf(SymmetricEigen.Outcome.Failed.class, eigen).advice().contains("NaN"));
            var root = InverseRoot.of(3).compute(a, 0.1, out, ws);
            assertTrue(assertInstanceOf(InverseRoot.Outcome.Failed.class, root).advice().contains("NaN"));
        }
        assertEquals(7.0 * n, out.norm(), 1e-12 * n);
        assertEquals(7.0 * n, values.sum());
    }

    @Property(tries = 40)
    void anInfiniteOrUndefinedElementOfAGeneralMatrix(@ForAll @IntRange(min = 1, max = 70) int n,
            @ForAll Precision precision, @ForAll @IntRange(max = 2) int which, @ForAll long seed) {
        Matrix a = Operands.gaussian(precision, n, n, seed);
        a.set((int) Math.floorMod(seed, (long) n), (int) Math.floorMod(seed >>> 20, (long) n), BAD[which]);
        try (Workspace ws = Workspace.withThreads(2)) {
            var qr = assertInstanceOf(Qr.Outcome.Failed.class, Qr.factor(a, ws));
            assertTrue(qr.advice().contains("infinite or NaN"), qr.advice());
            var svd = assertInstanceOf(Svd.Outcome.Failed.class, Svd.decompose(a, ws));
            assertTrue(svd.advice().contains("infinite or NaN"), svd.advice());
            var eigenvalues = assertInstanceOf(Eigenvalues.Outcome.Failed.class, Eigenvalues.of(a, ws));
            assertTrue(eigenvalues.advice().contains("infinite or NaN"), eigenvalues.advice());
        }
    }
}
