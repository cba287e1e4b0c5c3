package io.quadric.nn.layer;

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
/// @param statistics what a normalising layer normalises by, [Layer#statisticsSize] numbers, FLOAT64; empty if it takes
///     them from the batch
/// @param frame scratch that lives as long as the pass
public record LayerSite(
        Shape input,
        int cases,
        Vector parameters,
        List<ParameterSlice> slices,
        List<AffineBlock> blocks,
        Vector statistics,
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

    /// {@return the site of the first one of several layers inside a composite layer}
    ///
    /// @param layer the first layer
    LayerSite first(Layer layer) {
        return part(input, Range.of(layer, input), true);
    }

    /// {@return the site of the layers behind the first one}
    ///
    /// @param layer the first layer
    LayerSite without(Layer layer) {
        return part(layer.output(input), Range.of(layer, input), false);
    }

    /// {@return the same with another shape of a case}
    ///
    /// @param shape the shape of one case before the layer
    LayerSite before(Shape shape) {
        return new LayerSite(shape, cases, parameters, slices, blocks, statistics, frame);
    }

    private record Range(int slices, int blocks, int statistics) {
        static Range of(Layer layer, Shape input) {
            return new Range(
                    layer.parameters(input).size(), layer.blocks(input).size(), layer.statisticsSize(input));
        }
    }

    private LayerSite part(Shape at, Range range, boolean first) {
        int known = Math.min(range.statistics, statistics.size());
        return new LayerSite(
                at,
                cases,
                parameters,
                first ? slices.subList(0, range.slices) : slices.subList(range.slices, slices.size()),
                first ? blocks.subList(0, range.blocks) : blocks.subList(range.blocks, blocks.size()),
                first ? statistics.slice(0, known) : statistics.slice(known, statistics.size()),
                frame);
    }
}
