package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import java.io.Serializable;

/// What is trained: f(θ) = (1/N) Σ Lᵢ(θ) + (η/2) ‖θ‖² over a batch of N cases, sequence losses summed over time within
/// a case. The penalty's ηθ belongs to the gradient, its ηI to the Hessian and the Gauss-Newton matrix.
///
/// @param network the layers
/// @param loss L
/// @param l2 η
public record Model(Network network, Loss loss, double l2) implements Serializable {
    /// Checks the penalty and that the loss can judge the network's outputs.
    ///
    /// @throws IllegalArgumentException if η is negative or not finite, or the loss cannot take the outputs
    public Model {
        if (!(l2 >= 0) || Double.isInfinite(l2)) {
            throw new IllegalArgumentException("the L2 penalty must be finite and not negative, got " + l2);
        }
        loss.targets(network.output());
    }

    /// Without a penalty.
    ///
    /// @param network the layers
    /// @param loss L
    public Model(Network network, Loss loss) {
        this(network, loss, 0);
    }

    /// {@return the shape of one case's target}
    public Shape targets() {
        return loss.targets(network.output());
    }

    /// Predicts: the mean of the predictive distribution of each case, such as probabilities of classes, from inputs
    /// alone. No case depends on another one.
    ///
    /// @param parameters θ
    /// @param statistics by which normalising layers normalise
    /// @param inputs of the cases
    /// @param means overwritten, one row per case; undefined where the outputs of a case are padding
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if the network normalises by the statistics of a batch and none are given, or
    ///     parameters or matrices do not fit
    public void predict(Parameters parameters, NormalizationStatistics statistics, Inputs inputs, Matrix means,
            Workspace ws) {
        if (network.hasStatistics() && statistics == NormalizationStatistics.OF_BATCH) {
            throw new IllegalArgumentException("a prediction must not depend on the batch, expected statistics over "
                    + "the training data for the normalising layers");
        }
        Matrix rows = inputs.rows();
        try (var frame = ws.open()) {
            Matrix outputs = frame.matrix(rows.precision(), rows.rows(), network.output().size());
            network.apply(parameters, statistics, inputs, outputs, ws);
            loss.mean(BatchLoss.splitTime(outputs, network.output()), BatchLoss.splitTime(means, targets()), ws);
        }
    }

    /// {@return η‖v‖²}
    double penalty(Vector v, Workspace ws) {
        return l2 == 0 ? 0 : l2 * ws.sum(v.size(), (from, to) -> v.slice(from, to).dot(v.slice(from, to)));
    }

    /// g ← g + η v
    void addPenalty(Vector v, Vector g, Workspace ws) {
        if (l2 != 0) {
            ws.ranges(g.size(), (range, from, to) -> g.slice(from, to).axpy(l2, v.slice(from, to)));
        }
    }
}
