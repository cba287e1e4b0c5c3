package io.quadric.spark;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.io.Serializable;
import java.util.List;

/// How cases become the rows of matrices.
///
/// @param precision of the numbers
/// @param width how many features a case has
/// @param classes each a target, which is 1 for the cases of the class; 0 if the label is the target
record CaseForm(Precision precision, int width, int classes) implements Serializable {
    ChunkData chunk(int number, List<LabelledCase> cases) {
        Matrix x = Matrix.zeros(precision, cases.size(), width);
        Matrix t = Matrix.zeros(precision, cases.size(), Math.max(1, classes));
        for (int i = 0; i < cases.size(); i++) {
            LabelledCase one = cases.get(i);
            for (int j = 0; j < width; j++) {
                x.set(i, j, one.features()[j]);
            }
            t.set(i, classes == 0 ? 0 : (int) one.label(), classes == 0 ? one.label() : 1);
        }
        double[] weights = cases.stream().mapToDouble(LabelledCase::weight).toArray();
        boolean equal = cases.stream().allMatch(one -> one.weight() == 1);
        return new ChunkData(number, Numbers.of(x), Numbers.of(t), new int[0], equal ? new double[0] : weights);
    }
}
