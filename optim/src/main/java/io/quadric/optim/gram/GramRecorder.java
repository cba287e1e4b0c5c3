package io.quadric.optim.gram;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the factors of a Gram matrix during several backward passes, one for each cotangent. If a case has several
/// positions, the gradients of a block are formed case by case; otherwise only its inputs and output gradients are
/// kept.
final class GramRecorder implements Sink {
    private final int rows;
    private final int cases;
    private final Map<String, GramFactors> groups = new LinkedHashMap<>();
    private int pass;

    GramRecorder(int rows, int cases) {
        this.rows = rows;
        this.cases = cases;
    }

    /// The next reports belong to the next cotangent.
    void next() {
        pass++;
    }

    List<GramFactors> factors() {
        return List.copyOf(groups.values());
    }

    @Override
    public void affine(AffineBlock block, Rows reported, Workspace ws) {
        List<ParameterSlice> slices = new ArrayList<>(List.of(block.weight()));
        block.bias().ifPresent(slices::add);
        boolean outer = reported.positions() == 1;
        int width = outer ? block.outputs() : slices.stream().mapToInt(ParameterSlice::size).sum();
        Matrix inputs = outer && pass == 0 ? reported.inputs().copy() : Matrix.empty(reported.inputs().precision());
        Matrix here = rowsOfThisPass(new GramFactors(slices, inputs, fresh(reported, width), block.bias().isPresent()));
        if (outer) {
            here.copyFrom(reported.gradients());
        } else {
            formRows(block, reported, here, ws);
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        Precision precision = gradients.precision();
        Matrix stacked = Matrix.zeros(precision, pass == 0 ? rows : 0, slice.size());
        rowsOfThisPass(new GramFactors(List.of(slice), Matrix.empty(precision), stacked, false)).copyFrom(gradients);
    }

    private Matrix fresh(Rows reported, int width) {
        return Matrix.zeros(reported.inputs().precision(), pass == 0 ? rows : 0, width);
    }

    private Matrix rowsOfThisPass(GramFactors first) {
        String name = first.slices().getFirst().name();
        Matrix stacked = groups.computeIfAbsent(name, key -> first).gradients();
        return stacked.rows(pass * cases, (pass + 1) * cases);
    }

    private static void formRows(AffineBlock block, Rows reported, Matrix out, Workspace ws) {
        int size = block.weight().size();
        for (int n = 0; n < reported.cases().count(); n++) {
            int from = reported.cases().from(n);
            int to = reported.cases().to(n);
            Vector row = out.row(n);
            Matrix y = reported.gradients().rows(from, to);
            Matrix weight = row.slice(0, size).asMatrix(block.outputs(), block.inputs());
            Gemm.SET.multiply(y.t(), reported.inputs().rows(from, to), weight, ws);
            if (block.bias().isPresent()) {
                Elementwise.sumRows(1, y, 0, row.slice(size, row.size()));
            }
        }
    }
}
