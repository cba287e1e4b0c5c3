package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.ParameterLayout.LayerSlices;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPath;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A chain of layers and the layout of their parameters. It owns no numbers.
public final class Network implements Serializable {
    private static final long serialVersionUID = 1;

    private final transient LayerPath path;
    private final transient List<LayerSlices> slices = new ArrayList<>();
    private final transient ParameterLayout layout;

    /// Chains the layers.
    ///
    /// @param input the shape of one case
    /// @param layers from input to output
    /// @throws IllegalArgumentException if there is no layer, or one cannot take the output of the one before it
    public Network(Shape input, List<Layer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        path = new LayerPath("layer ", input, layers);
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        for (int i = 0; i < layers.size(); i++) {
            slices.add(builder.append(Integer.toString(i), path.parameters(i), path.blocks(i)));
        }
        layout = builder.build();
    }

    /// What is stored of a network.
    ///
    /// @param input the shape of one case
    /// @param layers from input to output
    private record Form(Shape input, ArrayList<Layer> layers) implements Serializable {
        private Object readResolve() {
            return new Network(input, layers);
        }
    }

    private Object writeReplace() {
        return new Form(input(), new ArrayList<>(layers()));
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a network is stored as its input and layers");
    }

    /// {@return the shape of one case before the first layer}
    public Shape input() {
        return path.shape(0);
    }

    /// {@return the shape of one case after the last layer}
    public Shape output() {
        return path.output();
    }

    /// {@return the layers in order}
    public List<Layer> layers() {
        return path.layers();
    }

    /// {@return the shape of one case before layer `i`}; after the last one for `i` = number of layers.
    ///
    /// @param i the layer, from 0
    public Shape shape(int i) {
        return path.shape(i);
    }

    /// {@return names and places of the parameters}
    public ParameterLayout layout() {
        return layout;
    }

    /// {@return the parameters of layer `i`}
    ///
    /// @param i the layer, from 0
    public List<ParameterSlice> slices(int i) {
        return slices.get(i).slices();
    }

    /// {@return the blocks of layer `i`}
    ///
    /// @param i the layer, from 0
    public List<AffineBlock> blocks(int i) {
        return slices.get(i).blocks();
    }

    /// {@return the first layer with parameters}; where there is none, the last layer.
    int firstParametric() {
        int first = 0;
        while (first < layers().size() - 1 && slices(first).isEmpty()) {
            first++;
        }
        return first;
    }

    /// {@return whether some layer normalises by statistics of the batch}, so that outputs depend on all its cases
    public boolean hasStatistics() {
        return statisticsSize() > 0;
    }

    int statisticsSize() {
        return path.statisticsSize();
    }

    /// The layer that an array belongs to.
    int layerOf(ParameterSlice slice) {
        for (int i = 0; i < slices.size(); i++) {
            if (slices(i).contains(slice)) {
                return i;
            }
        }
        throw new IllegalArgumentException("'" + slice.name() + "' is no array of this network");
    }

    LayerPath path() {
        return path;
    }

    /// Runs the network forward.
    ///
    /// @param parameters θ
    /// @param statistics by which normalising layers normalise; without such layers any
    /// @param inputs of the cases
    /// @param outputs overwritten, one row per case
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if parameters, statistics or matrices do not fit the network
    public void apply(Parameters parameters, NormalizationStatistics statistics, Inputs inputs, Matrix outputs,
            Workspace ws) {
        statistics.requireFor(this);
        inputs.lengths().requireFor(input());
        layout.require(parameters.layout());
        Matrix rows = inputs.rows();
        Precision precision = parameters.values().precision();
        if (rows.columns() != input().size() || outputs.columns() != output().size() || rows.rows() != outputs.rows()
                || rows.precision() != precision || outputs.precision() != precision) {
            throw new IllegalArgumentException("inputs " + rows + " and outputs " + outputs + " for a network from "
                    + input() + " to " + output() + " with parameters " + parameters.values());
        }
        try (var frame = ws.open()) {
            LayerSite site = new LayerSite(
                    input(),
                    new Cases(rows.rows(), inputs.lengths(), Weights.EQUAL),
                    parameters.values(),
                    layout.slices(),
                    layout.blocks(),
                    statistics.values(),
                    frame);
            path.open(site, inputs.lengths().cleared(rows, input(), frame), outputs);
        }
    }

    /// {@return fresh parameters}
    ///
    /// @param initializer draws the values
    /// @param precision the element type
    /// @param random the source of the draws
    public Parameters initialize(Initializer initializer, Precision precision, RandomGenerator random) {
        initializer.requireFor(layout);
        Parameters parameters = Parameters.zeros(layout, precision);
        parameters.update(values -> layout.slices()
                .forEach(slice -> initializer.initialize(slice.spec(), slice.matrixOf(values), random)));
        return parameters;
    }

    @Override
    public String toString() {
        return "Network[" + input() + ", " + layers() + "]";
    }
}
