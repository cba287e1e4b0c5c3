package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/// Descriptions of layers, one after another: what a network is, and what a layer made of layers has inside.
public final class LayerPath {
    private final String name;
    private final List<Layer> layers;
    private final List<Shape> shapes;
    /// Null until it is asked for: a layer made of layers counts what is inside it, however deep.
    private List<LayerSite.Range> ranges;

    /// Chains the layers.
    ///
    /// @param name what precedes the number of a layer in messages
    /// @param input the shape of one case before the first layer
    /// @param layers from input to output
    /// @throws IllegalArgumentException if one of them cannot take the output of the one before it; the message names
    ///     it
    public LayerPath(String name, Shape input, List<Layer> layers) {
        this(name, List.copyOf(layers), new ArrayList<>(List.of(input)));
        for (int i = 0; i < layers.size(); i++) {
            shapes.add(output(name + i, layers.get(i), shapes.getLast()));
        }
    }

    private LayerPath(String name, List<Layer> layers, List<Shape> shapes) {
        this.name = name;
        this.layers = layers;
        this.shapes = shapes;
    }

    /// Layers that are known to follow one another: what is inside of them is not checked again.
    static LayerPath known(String name, Shape input, List<Layer> layers) {
        LayerPath path = new LayerPath(name, layers, new ArrayList<>(List.of(input)));
        for (Layer layer : layers) {
            Shape before = path.output();
            path.shapes.add(layer instanceof ResidualLayer block ? block.around(before) : layer.output(before));
        }
        return path;
    }

    private List<LayerSite.Range> ranges() {
        List<LayerSite.Range> known = ranges;
        if (known == null) {
            LayerSite.Range[] counted = new LayerSite.Range[layers.size()];
            LayerSite.Range range = LayerSite.Range.START;
            for (int i = 0; i < counted.length; i++) {
                range = range.next(layers.get(i), shapes.get(i));
                counted[i] = range;
            }
            known = List.of(counted);
            ranges = known;
        }
        return known;
    }

    private static Shape output(String name, Layer layer, Shape input) {
        try {
            return layer.output(input);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /// {@return the layers in order}
    public List<Layer> layers() {
        return layers;
    }

    /// {@return the shape of one case before layer `i`}; after the last one for `i` = number of layers.
    ///
    /// @param i the layer, from 0
    public Shape shape(int i) {
        return shapes.get(i);
    }

    /// {@return the shape of one case after the last layer}
    public Shape output() {
        return shapes.getLast();
    }

    /// {@return the parameter arrays of layer `i`}
    ///
    /// @param i the layer, from 0
    public List<ParameterSpec> parameters(int i) {
        return layers.get(i).parameters(shapes.get(i));
    }

    /// {@return the blocks of layer `i`}
    ///
    /// @param i the layer, from 0
    public List<BlockSpec> blocks(int i) {
        return layers.get(i).blocks(shapes.get(i));
    }

    /// {@return how many numbers describe a batch to all the layers}
    public int statisticsSize() {
        int size = 0;
        for (int i = 0; i < layers.size(); i++) {
            size += layers.get(i).statisticsSize(shapes.get(i));
        }
        return size;
    }

    /// Runs the layers forward: y ← f(w, x).
    ///
    /// @param site parameters, blocks and statistics of these layers, first to last
    /// @param x the inputs, one row per case
    /// @param y overwritten with the outputs
    /// @return the layers at this point
    public LayerChain open(LayerSite site, Matrix x, Matrix y) {
        return new LayerChain(this, site, x, y);
    }

    /// Runs layer i forward.
    LayerPass open(int i, LayerSite site, Matrix x, Matrix y) {
        try {
            return layers.get(i).open(site.part(shapes.get(i), ranges().get(i)), x, y);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + i + ": " + e.getMessage(), e);
        }
    }

    /// Checks that lengths at the input are lengths of every sequence.
    void requireSteps(Lengths lengths) {
        for (int i = 0; i < layers.size() && !lengths.areFull(); i++) {
            if (shapes.get(i) instanceof Shape.Sequence(int before, int features)
                    && shapes.get(i + 1) instanceof Shape.Sequence(int after, int others) && before != after) {
                throw new IllegalArgumentException(
                        "sequences of different lengths keep their time steps, but there are "
                                + before + " before and " + after + " after " + layers.get(i));
            }
        }
    }

    /// The site of other layers that have the input of this path and follow it in the order of parameters.
    LayerSite siteAfter(LayerSite site) {
        return layers.isEmpty() ? site : site.after(ranges().getLast());
    }

    /// The part of the statistics that belongs to layer i.
    LayerSite.Part statistics(int i) {
        return ranges().get(i).statistics();
    }
}
