package io.quadric.optim;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
import java.util.List;

/// Axis i of a tensor stored row-major, seen as a before × size × after array: before is the product of the sizes of
/// the axes ahead of it, after that of the axes behind it. matᵢ is then the size × (before · after) matrix of its
/// fibres, which is never formed.
///
/// @param before elements ahead, at least 1
/// @param size dᵢ
/// @param after elements behind, at least 1
record TensorAxis(int before, int size, int after) {
    /// The axes of a tensor.
    static List<TensorAxis> of(List<Integer> dimensions) {
        int total = dimensions.stream().reduce(1, Math::multiplyExact);
        List<TensorAxis> axes = new ArrayList<>();
        int before = 1;
        for (int size : dimensions) {
            axes.add(new TensorAxis(before, size, total / before / size));
            before *= size;
        }
        return axes;
    }

    /// contraction ← weight · matᵢ(x) matᵢ(x)ᵀ + decay · contraction (Ren 2022, §4.2)
    void contract(double weight, Vector x, double decay, Matrix contraction, Workspace ws) {
        if (after == 1) {
            new Gemm(weight, decay).syrk(x.asMatrix(before, size).t(), contraction, ws);
            return;
        }
        Matrix rows = x.asMatrix(before * size, after);
        for (int l = 0; l < before; l++) {
            new Gemm(weight, l == 0 ? decay : 1).syrk(rows.rows(l * size, (l + 1) * size), contraction, ws);
        }
    }

    /// y ← x ×ᵢ u for a symmetric u: matᵢ(y) = u matᵢ(x)
    void multiply(Matrix u, Vector x, Vector y, Workspace ws) {
        if (after == 1) {
            Gemm.SET.multiply(x.asMatrix(before, size), u, y.asMatrix(before, size), ws);
            return;
        }
        Matrix from = x.asMatrix(before * size, after);
        Matrix to = y.asMatrix(before * size, after);
        for (int l = 0; l < before; l++) {
            Gemm.SET.multiply(u, from.rows(l * size, (l + 1) * size), to.rows(l * size, (l + 1) * size), ws);
        }
    }
}
