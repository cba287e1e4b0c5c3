package io.quadric.engine.checkpoint;

import io.quadric.nn.Initializer;

/// The first parameters, by name.
public enum Initialization {
    /// Uniform in ±√(6 / (fan-in + fan-out)) (Glorot & Bengio 2010).
    GLOROT(Initializer.glorot()),
    /// Weights and biases uniform in ±1/√fan-in, which the Kronecker methods want on deep ReLU networks.
    FAN_IN(Initializer.fanIn()),
    /// 15 incoming connections of standard deviation 1 for each unit, biases 0 (Martens 2010).
    SPARSE(Initializer.sparse(15, 1, 0));

    private final Initializer initializer;

    Initialization(Initializer initializer) {
        this.initializer = initializer;
    }

    /// {@return the initialiser}
    public Initializer initializer() {
        return initializer;
    }
}
