package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// The rows of [Sink.Rows] of a layer with many positions per case, made on demand: all at once they would take much
/// more memory than the layer's inputs.
public interface RowChunks {
    /// {@return which rows belong to which case}: as many of all; and how much each case counts.
    CaseRows cases();

    /// {@return the same rows with the gradients Y of case i times ρᵢᵖ}, ρᵢ its [relative weight][CaseRows#weight]; the
    /// rows themselves for equal weights.
    ///
    /// @param power p
    /// @param frame scratch that lives as long as the result
    RowChunks weighed(double power, Workspace.Frame frame);

    /// Visits the cases in chunks, always the same chunks in the same order.
    ///
    /// @param visitor receives the chunks
    /// @param ws threads and scratch
    void forEach(Visitor visitor, Workspace ws);

    /// {@return all rows at once}
    ///
    /// @param frame scratch that holds them
    Sink.Rows all(Workspace.Frame frame);

    /// sum ← sum + scale · Yᵀ X, the gradient of the weight.
    ///
    /// @param scale 1/N for a mean
    /// @param sum columns of Y × columns of X, accumulated
    /// @param ws threads and scratch
    void addGradient(double scale, Matrix sum, Workspace ws);

    /// sum ← sum + scale · Σ over cases of ρᵢ (Yᵢᵀ Xᵢ)², as [Sink.Rows#addSquaredGradients].
    ///
    /// @param scale 1/N for a mean
    /// @param sum columns of Y × columns of X, accumulated
    /// @param ws threads and scratch
    void addSquaredGradients(double scale, Matrix sum, Workspace ws);

    /// {@return for each case the sum of its rows of Y}, the gradient of the bias.
    ///
    /// @param frame scratch that holds them
    Matrix sumsOfCases(Workspace.Frame frame);

    /// Receives chunks of rows.
    @FunctionalInterface
    interface Visitor {
        /// Takes the rows of some cases, which are valid during the call.
        ///
        /// @param first the number of the first of these cases
        /// @param inputs Xᵀ, one column for each case and position
        /// @param gradients Yᵀ, as many columns
        /// @param ws threads and scratch
        void chunk(int first, Matrix inputs, Matrix gradients, Workspace ws);
    }
}
