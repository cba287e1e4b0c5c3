package io.quadric.nn;

import io.quadric.linalg.Workspace;
import java.util.Optional;

/// Cases over which the objective is a mean: a [Batch] in memory, or chunks of one, here or on other machines. Methods
/// see no difference.
public interface CaseSet {
    /// {@return N, the number of cases}
    int cases();

    /// {@return the sum of the weights of the cases}: N unless they have weights of their own.
    double weight();

    /// {@return the objective at θ on these cases}
    ///
    /// @param model the model
    /// @param parameters θ
    /// @param ws threads and scratch; frames opened on it later must be closed before the objective
    /// @throws IllegalArgumentException if the cases or the parameters do not fit the model
    Objective at(Model model, Parameters parameters, Workspace ws);

    /// {@return the first cases}: as many as wanted, or whole chunks with at least so many.
    ///
    /// @param cases at least 1, at most N
    CaseSet first(int cases);

    /// {@return whether inputs or targets hold NaN or infinite numbers}: "inputs" or "targets", or nothing.
    ///
    /// @param model whose cases these are
    /// @param ws threads and scratch
    Optional<String> notFinite(Model model, Workspace ws);
}
