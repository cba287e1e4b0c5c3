package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.List;

/// Where a layer is opened.
///
/// @param input the shape of one case before the layer
/// @param cases N cases, with their lengths and weights
/// @param parameters θ, the flat vector of the whole network
/// @param slices the layer's arrays within a flat vector, in the order of [Layer#parameters]
/// @param blocks the layer's blocks, in the order of [Layer#blocks]
/// @param statistics what a normalising layer normalises by, [Layer#statisticsSize] numbers, FLOAT64; empty if it takes
///     them from the batch
/// @param frame scratch that lives as long as the pass
public record LayerSite(
        Shape input,
        Cases cases,
        Vector parameters,
        List<ParameterSlice> slices,
        List<AffineBlock> blocks,
        Vector statistics,
        Workspace.Frame frame) {
    /// {@return the element type of everything}
    public Precision precision() {
        return parameters.precision();
    }

    /// {@return threads and scratch for the forward pass}
    public Workspace workspace() {
        return frame.workspace();
    }

    /// {@return scratch for one row per case that lives as long as the pass}; contents undefined.
    ///
    /// @param columns the number of columns
    public Matrix memory(int columns) {
        return frame.matrix(precision(), cases.count(), columns);
    }

    /// Indices from … to − 1.
    record Part(int from, int to) {
        Part next(int count) {
            return new Part(to, to + count);
        }

        <T> List<T> of(List<T> list) {
            return list.subList(from, to);
        }
    }

    /// What belongs to one of several layers that share a site.
    record Range(Part slices, Part blocks, Part statistics) {
        static final Range START = new Range(new Part(0, 0), new Part(0, 0), new Part(0, 0));

        Range next(Layer layer, Shape input) {
            return new Range(
                    slices.next(ResidualLayer.arrays(layer, input)),
                    blocks.next(layer.blocks(input).size()),
                    statistics.next(layer.statisticsSize(input)));
        }
    }

    LayerSite part(Shape shape, Range range) {
        Vector own = statistics.size() == 0
                ? statistics
                : statistics.slice(range.statistics.from, range.statistics.to);
        return new LayerSite(shape, cases, parameters, range.slices.of(slices), range.blocks.of(blocks), own, frame);
    }

    LayerSite after(Range range) {
        int known = statistics.size() == 0 ? 0 : range.statistics.to;
        return new LayerSite(
                input,
                cases,
                parameters,
                slices.subList(range.slices.to, slices.size()),
                blocks.subList(range.blocks.to, blocks.size()),
                statistics.slice(known, statistics.size()),
                frame);
    }
}
