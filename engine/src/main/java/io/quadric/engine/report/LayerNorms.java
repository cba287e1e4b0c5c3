package io.quadric.engine.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.linalg.Vector;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.ParameterSlice;
import java.util.List;
import java.util.Optional;

/// ‖θ_i‖ and ‖∂f/∂θ_i‖ of each array of parameters, and perhaps how far each has moved since it was last asked for.
/// With moves, an observer has an object of its own, since asking is what they count from; a resumed run does not know
/// the first ones, so they are not in logs.
public final class LayerNorms {
    private final Optional<Parameters> parameters;
    private final boolean moves;
    private Optional<Vector> before = Optional.empty();

    private LayerNorms(Optional<Parameters> parameters, boolean moves) {
        this.parameters = parameters;
        this.moves = moves;
    }

    /// {@return the norms of the parameters of a run}
    ///
    /// @param parameters which the run moves
    public static LayerNorms of(Parameters parameters) {
        return new LayerNorms(Optional.of(parameters), false);
    }

    /// {@return the norms and the moves of the parameters of a run}
    ///
    /// @param parameters which the run moves
    public static LayerNorms withMoves(Parameters parameters) {
        return new LayerNorms(Optional.of(parameters), true);
    }

    /// {@return no norms}
    public static LayerNorms none() {
        return new LayerNorms(Optional.empty(), false);
    }

    void write(ObjectNode line) {
        parameters.ifPresent(theta -> {
            ObjectNode norms = line.putObject("norms");
            theta.layout().slices().forEach(slice -> LogLine.number(
                    norms, slice.name(), slice.of(theta.values()).norm()));
            if (moves) {
                before.ifPresent(old -> moves(theta, old, line.putObject("moves")));
                before = Optional.of(theta.values().copy());
            }
        });
    }

    /// Writes those of the gradient, where they are known.
    void write(List<Double> gradient, ObjectNode line) {
        if (parameters.isPresent() && !gradient.isEmpty()) {
            ObjectNode norms = line.putObject("gradientNorms");
            List<ParameterSlice> slices = parameters.get().layout().slices();
            for (int i = 0; i < slices.size(); i++) {
                LogLine.number(norms, slices.get(i).name(), gradient.get(i));
            }
        }
    }

    private static void moves(Parameters theta, Vector old, ObjectNode moves) {
        old.axpby(1, theta.values(), -1);
        for (ParameterSlice slice : theta.layout().slices()) {
            LogLine.number(moves, slice.name(), slice.of(old).norm());
        }
    }
}
