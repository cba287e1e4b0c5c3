package io.quadric.spark;

import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import java.io.Serializable;

/// A model with its parameters, which every executor receives once.
///
/// @param model the model
/// @param theta its parameters
record Point(Model model, Numbers theta) implements Serializable {
    Parameters parameters() {
        return new Parameters(model.network().layout(), theta.vector());
    }
}
