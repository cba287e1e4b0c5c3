package io.quadric.engine.model;

import io.quadric.engine.prepare.Preparation;
import io.quadric.nn.Model;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.layer.Shape;

/// The rules by which the parts of a trained model fit together.
final class ModelParts {
    private ModelParts() {}

    static void requireFit(Model model, Preparation preparation, NormalizationStatistics statistics) {
        boolean sequences = preparation.sequence().isPresent();
        Shape input = model.network().input();
        int width = sequences && input instanceof Shape.Sequence s ? s.features() : input.size();
        if (preparation.features().width() != width || (sequences && !(input instanceof Shape.Sequence))) {
            throw new IllegalArgumentException("the preparation makes " + preparation.features().width()
                    + (sequences ? " inputs of a time step" : " inputs") + ", the network takes " + input);
        }
        if (model.targets().size() % preparation.target().width() != 0) {
            throw new IllegalArgumentException("the preparation knows " + preparation.target().width()
                    + " targets, the model has " + model.targets());
        }
        if (model.network().hasStatistics() && statistics == NormalizationStatistics.OF_BATCH) {
            throw new IllegalArgumentException("a network with normalising layers needs statistics to predict with");
        }
    }
}
