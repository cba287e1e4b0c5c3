package io.quadric.nn.chunk;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.nn.CurvatureOperator;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import java.util.random.RandomGenerator;

/// The usual means over cases.
public enum Quantity implements Objective.Mean {
    /// f, a scalar.
    LOSS {
        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            return at.loss();
        }
    },
    /// vᵀGv with the Gauss-Newton matrix G and the argument v, a scalar.
    GAUSS_NEWTON_FORM {
        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            return at.gaussNewton().quadraticForm(argument, at.workspace());
        }
    },
    /// Gv with the Gauss-Newton matrix G and the argument v.
    GAUSS_NEWTON_PRODUCT {
        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            return product(at.gaussNewton(), at, argument, mean);
        }
    },
    /// Hv with the Hessian H and the argument v.
    HESSIAN_PRODUCT {
        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            try (var frame = at.workspace().open()) {
                return product(at.hessian(frame), at, argument, mean);
            }
        }
    },
    /// The gradient of the loss, without the penalty, for targets drawn from the model's predictive distribution.
    SAMPLED_GRADIENT {
        @Override
        public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
            try (var frame = at.workspace().open()) {
                Matrix dz = frame.matrix(mean.precision(), at.outputs().rows(), at.outputs().columns());
                at.sampledLossGradient(random, dz);
                at.weigh(dz, 1);
                at.vjp(dz, mean);
                mean.scale(1.0 / at.cases());
            }
            return 0;
        }
    };

    @Override
    public int size(Model model) {
        return this == LOSS || this == GAUSS_NEWTON_FORM ? 0 : model.network().layout().size();
    }

    private static double product(CurvatureOperator operator, Linearization at, Vector v, Vector product) {
        operator.apply(v, product, at.workspace());
        return 0;
    }
}
