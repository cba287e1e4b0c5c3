package io.quadric.linalg.internal.simd;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.internal.kernel.DoubleRows;
import io.quadric.linalg.internal.kernel.TriangularBlocks;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Rank-one updates of the rows of Lᵀ, whose elements are contiguous, and then the rows of L⁻¹.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class SimdDoubleTriangularBlocks implements TriangularBlocks {
    private static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    private static final int LANES = SPECIES.length();

    @Override
    public int factor(Matrix a, Matrix inverse) {
        int n = a.rows();
        DoubleRows upper = DoubleRows.of(inverse);
        transpose(a, upper);
        for (int j = 0; j < n; j++) {
            /*E*/double pivot = upper.array()[upper.offset() + j * upper.stride() + j];
            if (!(pivot > 0) || Double.isInfinite(pivot)) {
                a.set(j, j, pivot);
                return j;
            }
            scale((/*E*/double) Math.sqrt(pivot), upper, j, n);
            subtractMultiples(upper, j, n);
        }
        transposeBack(upper, a);
        invert(DoubleRows.of(a), upper);
        return -1;
    }

    /// Row j ← row j / root, from the vector that holds the diagonal on. What this vector holds before the diagonal is
    /// never used.
    private static void scale(/*E*/double root, DoubleRows upper, int j, int n) {
        /*E*/double[] u = upper.array();
        int row = upper.offset() + j * upper.stride();
        for (int v = j / LANES * LANES; v < n; v += LANES) {
            DoubleVector.fromArray(SPECIES, u, row + v).div(root).intoArray(u, row + v);
        }
    }

    /// Row i ← row i − uⱼᵢ · row j, for all i > j.
    private static void subtractMultiples(DoubleRows upper, int j, int n) {
        /*E*/double[] u = upper.array();
        int stride = upper.stride();
        int row = upper.offset() + j * stride;
        for (int v = (j + 1) / LANES * LANES; v < n; v += LANES) {
            DoubleVector pivotRow = DoubleVector.fromArray(SPECIES, u, row + v).neg();
            int last = Math.min(n, v + LANES);
            int at = row + stride + v;
            for (int i = j + 1; i < last; i++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, u[row + i]);
                factor.fma(pivotRow, DoubleVector.fromArray(SPECIES, u, at)).intoArray(u, at);
                at += stride;
            }
        }
    }

    /// Writes the lower triangle of A to the upper one of `upper`, and zeros elsewhere.
    private static void transpose(Matrix a, DoubleRows upper) {
        /*E*/double[] from = a.doubles();
        /*E*/double[] to = upper.array();
        for (int j = 0; j < a.rows(); j++) {
            int row = upper.offset() + j * upper.stride();
            Arrays.fill(to, row, row + upper.length(), 0);
            int column = a.rowOffset(0) + j;
            for (int i = j; i < a.rows(); i++) {
                to[row + i] = from[column + i * a.rowStride()];
            }
        }
    }

    private static void transposeBack(DoubleRows upper, Matrix a) {
        /*E*/double[] from = upper.array();
        /*E*/double[] to = a.doubles();
        for (int i = 0; i < a.rows(); i++) {
            int row = a.rowOffset(i);
            for (int j = 0; j <= i; j++) {
                to[row + j] = from[upper.offset() + j * upper.stride() + i];
            }
        }
    }

    /// Row i of the inverse is (eᵢ − Σₖ lᵢₖ · row k) / lᵢᵢ over k < i.
    private static void invert(DoubleRows lower, DoubleRows inverse) {
        /*E*/double[] l = lower.array();
        /*E*/double[] m = inverse.array();
        for (int i = 0; i < lower.count(); i++) {
            int factors = lower.offset() + i * lower.stride();
            int row = inverse.offset() + i * inverse.stride();
            Arrays.fill(m, row, row + inverse.length(), 0);
            m[row + i] = 1;
            for (int v = 0; v <= i; v += LANES) {
                DoubleVector sum = DoubleVector.fromArray(SPECIES, m, row + v);
                int at = inverse.offset() + v * inverse.stride() + v;
                for (int k = v; k < i; k++) {
                    DoubleVector factor = DoubleVector.broadcast(SPECIES, -l[factors + k]);
                    sum = factor.fma(DoubleVector.fromArray(SPECIES, m, at), sum);
                    at += inverse.stride();
                }
                sum.div(l[factors + i]).intoArray(m, row + v);
            }
        }
    }
}
