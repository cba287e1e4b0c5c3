package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.ShardFolder;
import io.quadric.engine.data.Task;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.TestCases;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.PreparationJson;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
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
        Cases cases = cases(new Task.Autoencoding());
        boolean prepared = requirePrepared(cases);
        cases.blocks(TestCases.block(cases)).forEach(batch -> each.accept(predicted(batch, prepared)));
    }

    /// Predicts the cases and compares the predictions with their targets.
    public ModelEvaluation evaluation() {
        Cases cases = cases(switch (model.preparation().target()) {
            case ClassTarget target -> new Task.Classification(target.classes().size());
            case NumberTarget target -> target.width() == model.model().network().input().size()
                    ? new Task.Autoencoding()
                    : new Task.Given();
        });
        boolean prepared = requirePrepared(cases);
        try {
            return TestCases.evaluation(model, cases, batch -> predicted(batch, prepared));
        } catch (InputException e) {
            throw at(e);
        }
    }

    private Cases cases(Task task) {
        Precision precision = model.parameters().values().precision();
        Dataset loaded = source.load(task, precision);
        return loaded.test().orElse(loaded.train());
    }

    private Matrix predicted(Batch batch, boolean prepared) {
        return prepared ? TestCases.prepared(model, batch) : model.predict(batch.inputs());
    }

    /// Whether the inputs are prepared already; then it was as the model prepares them.
    private boolean requirePrepared(Cases cases) {
        Optional<Preparation> known = source.whole() instanceof ShardFolder shards
                ? shards.preparation()
                : Optional.empty();
        if (known.isPresent() && !PreparationJson.write(known.get()).equals(PreparationJson.write(
                model.preparation()))) {
            throw new InputException(source.description() + ": packed with another preparation than that of the "
                    + "model, expected the data that it was trained on or other data packed like them");
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

    private InputException at(InputException e) {
        return e.getMessage().contains(source.description()) ? e : e.at(source.description());
    }
}
