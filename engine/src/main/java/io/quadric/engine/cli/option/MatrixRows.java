package io.quadric.engine.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.TestCases;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.PreparationJson;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import java.util.Optional;
import java.util.function.Consumer;

/// Cases that are no table, as a model predicts them: the test cases, or all where there are none. Inputs of a table
/// that was packed have been prepared; others are prepared by the model.
///
/// @param model that predicts
/// @param source of the cases
public record MatrixRows(TrainedModel model, DataSource source) {
    /// Predicts the cases, some at a time.
    public void predictions(Consumer<Matrix> each) {
        Dataset data = load(new Task.Autoencoding());
        Cases cases = cases(data);
        boolean prepared = requirePrepared(data, cases);
        cases.blocks(TestCases.block(cases)).forEach(batch -> each.accept(predicted(batch, prepared)));
    }

    /// Predicts the cases and compares the predictions with their targets.
    public ModelEvaluation evaluation() {
        Dataset data = load(switch (model.preparation().target()) {
            case ClassTarget target -> new Task.Classification(target.classes().size());
            case NumberTarget target -> target.width() == model.model().network().input().size()
                    ? new Task.Autoencoding()
                    : new Task.Given();
        });
        Cases cases = cases(data);
        boolean prepared = requirePrepared(data, cases);
        try {
            return TestCases.evaluation(model, cases, batch -> predicted(batch, prepared));
        } catch (InputException e) {
            throw at(e);
        }
    }

    private Dataset load(Task task) {
        return source.load(task, model.parameters().values().precision());
    }

    private static Cases cases(Dataset data) {
        return data.test().orElse(data.train());
    }

    private Matrix predicted(Batch batch, boolean prepared) {
        return prepared ? TestCases.prepared(model, batch) : model.predict(batch.inputs());
    }

    /// Whether the inputs are prepared already; then it was as the model prepares them.
    private boolean requirePrepared(Dataset data, Cases cases) {
        Optional<Preparation> known = data.preparation();
        if (known.isPresent() && !features(known.get()).equals(features(model.preparation()))) {
            throw new InputException(source.description() + ": prepared in another way than the model prepares rows, "
                    + "expected the data that it was trained on, or others packed like them, or data as they are");
        }
        int wanted = known.isPresent()
                ? model.model().network().input().size()
                : model.preparation().features().encoders().size();
        if (cases.form().inputs() != wanted) {
            throw new InputException(source.description() + ": cases of " + cases.form().inputs()
                    + " numbers, the model takes " + wanted);
        }
        if (known.isEmpty() && model.preparation().sequence().isPresent()) {
            throw new InputException(source.description() + ": the model predicts sequences of rows, expected a table "
                    + "with the column '" + model.preparation().sequence().get() + "'");
        }
        return known.isPresent();
    }

    private static JsonNode features(Preparation preparation) {
        return PreparationJson.write(preparation).get("features");
    }

    private InputException at(InputException e) {
        return e.getMessage().contains(source.description()) ? e : e.at(source.description());
    }
}
