package io.quadric.engine.train;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.nn.Model;
import io.quadric.nn.layer.Shape;

/// A model and the data it is trained on.
///
/// @param model what is trained
/// @param data what it is trained on
public record Problem(Model model, Dataset data) {
    /// Checks that the model takes the data's cases and targets. A model that takes plain features takes images of as
    /// many values, and one that takes a sequence takes an image of one channel, pixel by pixel or several at a time,
    /// row after row.
    ///
    /// @throws InputException if it does not; the message names both
    public Problem {
        Shape input = model.network().input();
        if (!input.equals(data.shape()) && !isRead(data.shape(), input)) {
            throw new InputException("the model takes " + input + ", the data set " + data.name() + " has "
                    + data.shape() + " (" + data.shape().size() + " values)");
        }
        int targets = data.train().form().targets();
        if (model.targets().size() != targets) {
            throw new InputException("the model is judged by targets of " + model.targets() + ", the data set "
                    + data.name() + " has targets of " + targets + (targets == 1 ? " value" : " values"));
        }
    }

    /// Whether cases of one shape can be read as cases of another, value by value in the same order.
    private static boolean isRead(Shape data, Shape input) {
        boolean possible = switch (input) {
            case Shape.Features f -> true;
            case Shape.Sequence s -> data instanceof Shape.Image image && image.channels() == 1;
            case Shape.Image i -> false;
        };
        return possible && data.size() == input.size();
    }
}
