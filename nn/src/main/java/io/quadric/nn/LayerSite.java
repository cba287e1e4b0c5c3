package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.List;

/// Where a layer is opened.
///
/// @param input the shape of one case before the layer
/// @param cases N
/// @param parameters θ, the flat vector of the whole network
/// @param slices the layer's arrays within a flat vector, in the order of [Layer#parameters]
/// @param blocks the layer's blocks, in the order of [Layer#blocks]
/// @param frame scratch that lives as long as the pass
public record LayerSite(
        Shape input,
        int cases,
        Vector parameters,
        List<ParameterSlice> slices,
        List<AffineBlock> blocks,
        Workspace.Frame frame) {
    /// {@return the element type of everything}
    public Precision precision() {
        return parameters.precision();
    }

    /// {@return scratch for one row per case that lives as long as the pass}; contents undefined.
    ///
    /// @param columns the number of columns
    public Matrix memory(int columns) {
        return frame.matrix(precision(), cases, columns);
    }
}
