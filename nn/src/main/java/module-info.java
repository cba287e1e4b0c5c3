/// Layers, losses and networks, and the linearization of a network at its parameters.
module io.quadric.nn {
    requires transitive io.quadric.linalg;

    exports io.quadric.nn;
    exports io.quadric.nn.chunk;
    exports io.quadric.nn.layer;
    exports io.quadric.nn.loss;
    exports io.quadric.nn.recurrent;
    exports io.quadric.nn.registry;

    uses io.quadric.nn.registry.Extension;
}
