/// Layers, losses and networks, and the linearization of a network at its parameters.
module io.quadric.nn {
    requires transitive io.quadric.linalg;

    exports io.quadric.nn;
}
