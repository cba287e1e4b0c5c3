package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SquaredError;
import java.util.random.RandomGenerator;

/// Finds parameters near which the derivative of a layer jumps, whatever the layer: a little to either side of them the
/// tangents of its outputs differ by much more than a smooth layer's would.
///
/// @param margin how far the parameters are moved to either side
/// @param ws scratch
record Kinks(double margin, Workspace ws) {
    /// Part of the largest tangent that a jump is above, and the change of a smooth function well below.
    private static final double JUMP = 0.1;
    private static final int DIRECTIONS = 8;

    /// {@return whether the derivative of some layer jumps within the margin}
    ///
    /// @param network the layers
    /// @param values its parameters
    /// @param inputs one row per case
    boolean near(Network network, Vector values, Matrix inputs) {
        for (int i = 0; i < network.layers().size(); i++) {
            Network head = new Network(network.input(), network.layers().subList(0, i + 1));
            if (network.layers().get(i).hasKinks() && jumps(head, values.slice(0, head.layout().size()), inputs)) {
                return true;
            }
        }
        return false;
    }

    private boolean jumps(Network network, Vector values, Matrix inputs) {
        RandomGenerator random = RandomData.generator(1);
        for (int i = 0; i < DIRECTIONS && values.size() > 0; i++) {
            Vector to = RandomData.direction(Precision.FLOAT64, values.size(), random);
            Vector along = RandomData.direction(Precision.FLOAT64, values.size(), random);
            double[] after = tangents(network, values.copy().axpy(margin, to), inputs, along);
            double[] before = tangents(network, values.copy().axpy(-margin, to), inputs, along);
            double largest = Math.max(Errors.largest(after), Errors.largest(before));
            for (int j = 0; j < after.length; j++) {
                if (Math.abs(after[j] - before[j]) > JUMP * largest) {
                    return true;
                }
            }
        }
        return false;
    }

    private double[] tangents(Network network, Vector values, Matrix inputs, Vector v) {
        Model model = new Model(network, new SquaredError());
        Matrix none = Matrix.zeros(Precision.FLOAT64, inputs.rows(), network.output().size());
        Parameters parameters = new Parameters(network.layout(), values);
        try (var at = Linearization.at(model, parameters, new Batch(inputs, none), ws)) {
            Matrix rz = Matrix.zeros(Precision.FLOAT64, none.rows(), none.columns());
            at.jvp(v, rz);
            return rz.flat().toArray();
        }
    }
}
