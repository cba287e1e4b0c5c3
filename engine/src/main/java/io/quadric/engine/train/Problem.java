package io.quadric.engine.train;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.nn.Model;
import io.quadric.nn.Shape;

/// A model and the data it is trained on.
///
/// @param model what is trained
/// @param data what it is trained on
public record Problem(Model model, Dataset data) {
    /// Checks that the model takes the data's cases and targets. A model that takes plain features takes images of as
    /// many values.
    ///
    /// @throws InputException if it does not; the message names both
    public Problem {
        Shape input = model.network().input();
        boolean flat = input instanceof Shape.Features && input.size() == data.shape().size();
        if (!flat && !input.equals(data.shape())) {
            throw new InputException("the model takes " + input + ", the data set " + data.name() + " has "
                    + data.shape() + " (" + data.shape().size() + " values)");
        }
        int targets = data.train().targets().columns();
        if (model.targets().size() != targets) {
            throw new InputException("the model is judged by targets of " + model.targets() + ", the data set "
                    + data.name() + " has targets of " + targets + (targets == 1 ? " value" : " values"));
        }
    }
}
