package io.quadric.engine.cases;

import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;

/// What all cases of a set have in common.
///
/// @param precision of their numbers
/// @param inputs how many numbers enter the network
/// @param targets how many numbers it is judged by
/// @param reconstructs whether the targets are the inputs themselves
public record CaseForm(Precision precision, int inputs, int targets, boolean reconstructs) {
    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if there is no input or target, or targets that are inputs are more or fewer
    public CaseForm {
        if (inputs < 1 || targets < 1 || reconstructs && inputs != targets) {
            throw new IllegalArgumentException(inputs + " inputs and " + targets + " targets of a case, expected at "
                    + "least one of each" + (reconstructs ? ", and as many" : ""));
        }
    }

    /// {@return the form of the cases of a batch}
    ///
    /// @param batch some cases
    public static CaseForm of(Batch batch) {
        return new CaseForm(batch.inputs().precision(), batch.inputs().columns(), batch.targets().columns(),
                batch.inputs() == batch.targets());
    }

    /// {@return the same in another precision}
    ///
    /// @param other of the numbers
    public CaseForm in(Precision other) {
        return new CaseForm(other, inputs, targets, reconstructs);
    }

    /// {@return the form of the same inputs with themselves as targets}
    public CaseForm reconstructing() {
        return new CaseForm(precision, inputs, inputs, true);
    }

    @Override
    public String toString() {
        return precision + ", " + inputs + " inputs, " + (reconstructs
                ? "which are the targets"
                : targets
                        + " targets");
    }
}
