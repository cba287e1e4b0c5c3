package io.quadric.linalg.analysis;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import java.util.random.RandomGenerator;

/// An unbiased random estimate of a trace.
///
/// @param trace the estimate
/// @param standardError the estimated standard deviation of the estimate; NaN with a single random probe
/// @param products the number of products with the operator
public record TraceEstimate(double trace, double standardError, int products) {
    /// The number of probes whose products are computed together.
    private static final int JOINED = 8;

    /// Hutchinson's estimate: the mean of vᵀBv over Rademacher vectors v. Its error falls as 1/√probes.
    ///
    /// @param operator B
    /// @param probes the number of vectors, at least 1
    /// @param random the source of the vectors
    /// @param ws threads and scratch
    /// @return the estimate
    /// @throws IllegalArgumentException if there are no probes
    public static TraceEstimate hutchinson(SelfAdjointOperator operator, int probes, RandomGenerator random,
            Workspace ws) {
        require("probes", probes, 1);
        try (var frame = ws.open()) {
            return sampled(operator, frame.matrix(operator.precision(), 0, operator.size()), probes, random, ws);
        }
    }

    /// Hutch++ (Meyer, Musco, Musco & Woodruff 2021, Algorithm 1): exact on a random subspace whose dimension is a
    /// third of the number of products, and Hutchinson's estimate on the rest of the space. Its error falls as
    /// 1/products for a positive semidefinite operator.
    ///
    /// @param operator B
    /// @param budget the largest number of products, at least 3
    /// @param random the source of the subspace and the vectors
    /// @param ws threads and scratch
    /// @return the estimate; with a subspace as large as the space it is exact
    /// @throws IllegalArgumentException if there are fewer than three products
    public static TraceEstimate hutchPlusPlus(SelfAdjointOperator operator, int budget, RandomGenerator random,
            Workspace ws) {
        require("products", budget, 3);
        int n = operator.size();
        int rank = Math.min(budget / 3, n);
        try (var frame = ws.open()) {
            Matrix sketch = frame.matrix(operator.precision(), rank, n);
            Matrix basis = frame.matrix(operator.precision(), rank, n);
            Sampling.rademacher(random, sketch);
            operator.applyRows(sketch, basis, ws);
            Matrix q = basis.rows(0, orthonormalise(basis, ws));
            Matrix products = sketch.rows(0, q.rows());
            operator.applyRows(q, products, ws);
            double within = q.dot(products);
            TraceEstimate outside = sampled(operator, q, budget - 2 * rank, random, ws);
            int spent = rank + q.rows() + outside.products;
            return new TraceEstimate(within + outside.trace, outside.standardError, spent);
        }
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least " + least);
        }
    }

    /// The mean of vᵀBv over vectors v that are orthogonal to the rows of q.
    private static TraceEstimate sampled(SelfAdjointOperator operator, Matrix q, int probes, RandomGenerator random,
            Workspace ws) {
        double mean = 0;
        double squares = 0;
        try (var frame = ws.open()) {
            Matrix v = frame.matrix(operator.precision(), Math.min(probes, JOINED), operator.size());
            Matrix product = frame.matrix(operator.precision(), v.rows(), operator.size());
            for (int k = 0; k < probes; k++) {
                int i = k % JOINED;
                if (i == 0) {
                    int together = Math.min(JOINED, probes - k);
                    draw(q, v.rows(0, together), random, ws);
                    operator.applyRows(v.rows(0, together), product.rows(0, together), ws);
                }
                double value = v.row(i).dot(product.row(i));
                double change = value - mean;
                mean += change / (k + 1);
                squares += change * (value - mean);
            }
        }
        double error = probes > 1 ? Math.sqrt(squares / (probes - 1) / probes) : Double.NaN;
        return new TraceEstimate(mean, error, probes);
    }

    /// Draws random signs and makes them orthogonal to the rows of q.
    private static void draw(Matrix q, Matrix v, RandomGenerator random, Workspace ws) {
        for (int i = 0; i < v.rows(); i++) {
            Sampling.rademacher(random, v.rows(i, i + 1));
            takeOut(q, v.row(i), ws);
        }
    }

    /// v ← v − QᵀQv, twice because of rounding.
    private static void takeOut(Matrix q, Vector v, Workspace ws) {
        if (q.rows() == 0) {
            return;
        }
        try (var frame = ws.open()) {
            Matrix shares = frame.matrix(q.precision(), q.rows(), 1);
            Matrix column = v.asMatrix(v.size(), 1);
            for (int pass = 0; pass < 2; pass++) {
                Gemm.SET.multiply(q, column, shares, ws);
                new Gemm(-1, 1).multiply(q.t(), shares, column, ws);
            }
        }
    }

    /// Gram–Schmidt, row after row; rows that depend on earlier ones are dropped.
    ///
    /// @return the number of rows that remain, at the top
    private static int orthonormalise(Matrix rows, Workspace ws) {
        double negligible = Math.sqrt(rows.precision().epsilon());
        int kept = 0;
        for (int i = 0; i < rows.rows(); i++) {
            Vector row = rows.row(i);
            double before = row.norm();
            takeOut(rows.rows(0, kept), row, ws);
            double rest = row.norm();
            if (rest > negligible * before) {
                rows.row(kept).copyFrom(row);
                rows.row(kept).scale(1 / rest);
                kept++;
            }
        }
        return kept;
    }
}
