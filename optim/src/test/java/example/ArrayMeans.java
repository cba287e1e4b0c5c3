package example;

import io.quadric.linalg.Vector;
import io.quadric.nn.Linearization;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.hessianfree.CurvatureDiagonal;
import java.util.random.RandomGenerator;

/// A diagonal of one's own: that of the empirical Fisher matrix, averaged over each parameter array.
final class ArrayMeans implements CurvatureDiagonal {
    @Override
    public void compute(Linearization at, RandomGenerator random, Vector d) {
        CurvatureDiagonal.Usual.EMPIRICAL_FISHER.compute(at, random, d);
        for (ParameterSlice slice : at.parameters().layout().slices()) {
            Vector own = slice.of(d);
            own.fill(own.sum() / own.size());
        }
    }

    @Override
    public String toString() {
        return "array-means";
    }
}
