package io.quadric.nn;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Elementwise.FunctionPoint;
import io.quadric.linalg.Elementwise.Pair;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// Short names for the elementwise passes of gated cells.
final class Products {
    private Products() {}

    /// z ← x ∘ y
    static void set(Matrix x, Matrix y, Matrix z, Workspace ws) {
        Elementwise.multiply(1, new Pair(x, y), 0, z, ws);
    }

    /// z ← z + x ∘ y
    static void add(Matrix x, Matrix y, Matrix z, Workspace ws) {
        Elementwise.multiply(1, new Pair(x, y), 1, z, ws);
    }

    /// y ← f(y)
    static void apply(ElementaryFunction f, Matrix y, Workspace ws) {
        Elementwise.apply(f, y, y, ws);
    }

    /// The point of an f whose derivatives are functions of its value y alone, as those of σ and tanh are.
    static FunctionPoint at(Matrix y) {
        return new FunctionPoint(y, y);
    }
}
