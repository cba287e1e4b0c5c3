package io.quadric.engine.model;

import io.quadric.engine.LibraryVersion;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.table.RowMapping;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Evaluator;
import io.quadric.engine.train.Problem;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Inputs;
import io.quadric.nn.Model;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model that has been trained, with everything that predictions need: the preparation of its data, its network and
/// loss, parameters, and the statistics by which normalising layers normalise.
///
/// Predictions are the means of the predictive distribution: probabilities of classes, or numbers in the units of the
/// training data. All methods may be called from any number of threads at the same time, and give each the same
/// results as alone. Rows are predicted some at a time, so that memory does not grow with their number.
public final class TrainedModel {
    private final Model model;
    private final Preparation preparation;
    private final Parameters parameters;
    private final NormalizationStatistics statistics;
    private final Provenance provenance;
    private final Predictors predictors;

    /// Puts a model together.
    ///
    /// @param model network and loss
    /// @param preparation to the network's inputs and from its predictions
    /// @param parameters θ; used, not copied, and not to be changed
    /// @param statistics of the normalising layers, if there are some
    /// @param provenance where it comes from
    /// @throws IllegalArgumentException if these do not fit together
    public TrainedModel(
            Model model,
            Preparation preparation,
            Parameters parameters,
            NormalizationStatistics statistics,
            Provenance provenance) {
        ModelParts.requireFit(model, preparation, statistics);
        this.model = model;
        this.preparation = preparation;
        this.parameters = parameters;
        this.statistics = statistics;
        this.provenance = provenance;
        predictors = new Predictors(this, 1);
    }

    private TrainedModel(TrainedModel same, int threads) {
        model = same.model;
        preparation = same.preparation;
        parameters = same.parameters;
        statistics = same.statistics;
        provenance = same.provenance;
        predictors = new Predictors(this, threads);
    }

    /// {@return a model that a run has trained}; without a preparation of the data its columns are called x1, x2, ….
    ///
    /// @param problem the model and what it was trained on
    /// @param parameters θ; copied
    /// @param evaluation of these parameters
    /// @param origin how it was trained
    /// @param ws threads and scratch
    public static TrainedModel of(
            Problem problem, Vector parameters, Evaluation evaluation, Origin origin, Workspace ws) {
        Dataset data = problem.data();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("trainLoss", evaluation.trainLoss());
        evaluation.testLoss().ifPresent(loss -> figures.put("validationLoss", loss));
        evaluation.testError().ifPresent(error -> figures.put("validationError", error));
        Provenance provenance = new Provenance(
                origin.recipe(),
                origin.values(),
                origin.seed(),
                data.name(),
                Digest.of(data.train()),
                figures,
                LibraryVersion.get(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        return new TrainedModel(
                problem.model(),
                data.preparation().orElseGet(() -> PlainPreparation.of(problem.model(), data.task())),
                new Parameters(problem.model().network().layout(), parameters.copy()),
                new Evaluator(problem, ws).statistics(parameters),
                provenance);
    }

    /// {@return the model in a file}
    ///
    /// @param file the path
    /// @throws io.quadric.engine.InputException if it cannot be read, is no model or damaged, or of a later version
    public static TrainedModel load(Path file) {
        return ModelFile.read(file);
    }

    /// Writes the model to a file, completely or not at all.
    ///
    /// @param file the path
    /// @throws io.quadric.engine.InputException if a layer or the loss has no name in the registries
    /// @throws java.io.UncheckedIOException if it cannot be written
    public void save(Path file) {
        ModelFile.write(file, this);
    }

    /// {@return the same model with threads of its own for many rows}, whose predictions have the same bits
    ///
    /// @param threads at least 1
    public TrainedModel withThreads(int threads) {
        return new TrainedModel(this, threads);
    }

    /// {@return network and loss}
    public Model model() {
        return model;
    }

    /// {@return how columns become inputs, and predictions targets}
    public Preparation preparation() {
        return preparation;
    }

    /// {@return θ, to be read only}
    public Parameters parameters() {
        return parameters;
    }

    /// {@return the statistics of the normalising layers}
    public NormalizationStatistics statistics() {
        return statistics;
    }

    /// {@return where it comes from}
    public Provenance provenance() {
        return provenance;
    }

    /// {@return the columns it predicts from}
    public Schema features() {
        return preparation.inputSchema();
    }

    /// {@return the columns it predicts from, and those it predicts}
    public Schema schema() {
        return preparation.schema();
    }

    /// {@return the names of the classes, in the order of their probabilities; none if it predicts numbers}
    public List<String> classes() {
        return preparation.target() instanceof ClassTarget target ? target.classes() : List.of();
    }

    /// {@return how many numbers a prediction is}
    public int width() {
        return model.targets().size();
    }

    private void requireRows() {
        if (preparation.sequence().isPresent()) {
            throw new IllegalStateException("the model predicts sequences of rows, expected a table with the column '"
                    + preparation.sequence().get() + "'");
        }
    }

    /// {@return the prediction for a row of numbers}
    ///
    /// @param row a number for each column, in their order; NaN if it is missing
    /// @throws IllegalArgumentException if there are more or fewer numbers than columns
    /// @throws io.quadric.engine.InputException if a number cannot be used
    public double[] predict(double... row) {
        double[] out = new double[width()];
        predict(row, out);
        return out;
    }

    /// Predicts for a row of numbers.
    ///
    /// @param row a number for each column, in their order; NaN if it is missing
    /// @param out overwritten with the prediction
    /// @throws IllegalArgumentException if there are more or fewer numbers than columns, or than a prediction is
    /// @throws io.quadric.engine.InputException if a number cannot be used
    public void predict(double[] row, double[] out) {
        requireRows();
        if (out.length != width()) {
            throw new IllegalArgumentException("room for " + out.length + " numbers, a prediction is " + width());
        }
        predictors.predict(row, out);
    }

    /// {@return the prediction for a row of numbers}
    ///
    /// @param row a number for each column, in their order; NaN if it is missing
    /// @throws IllegalArgumentException if there are more or fewer numbers than columns
    /// @throws io.quadric.engine.InputException if a number cannot be used
    public double[] predict(float[] row) {
        double[] wide = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            wide[i] = row[i];
        }
        return predict(wide);
    }

    /// {@return the prediction for a row by the names of its columns}
    ///
    /// @param row a number or a text for each column; NaN, an empty text or null if it is missing; others are left
    ///     aside
    /// @throws io.quadric.engine.InputException if a column is missing or a value cannot be used
    public double[] predict(Map<String, ?> row) {
        requireRows();
        double[] out = new double[width()];
        predictors.predict(row, out);
        return out;
    }

    /// {@return the prediction for an object}
    ///
    /// @param <T> the class of the object
    /// @param row the object
    /// @param mapping tells its columns
    /// @throws io.quadric.engine.InputException if a column is missing or a value cannot be used
    public <T> double[] predict(T row, RowMapping<T> mapping) {
        return predict(mapping.values(row));
    }

    /// {@return the only number that is predicted for a row}
    ///
    /// @param row a number for each column, in their order; NaN if it is missing
    /// @throws IllegalStateException if the model predicts classes or several numbers
    public double predictNumber(double... row) {
        requireNumber();
        return predict(row)[0];
    }

    /// {@return the only number that is predicted for a row by the names of its columns}
    ///
    /// @param row as for [#predict(Map)]
    /// @throws IllegalStateException if the model predicts classes or several numbers
    public double predictNumber(Map<String, ?> row) {
        requireNumber();
        return predict(row)[0];
    }

    private void requireNumber() {
        if (!(preparation.target() instanceof NumberTarget) || width() != 1) {
            throw new IllegalStateException("the model predicts " + (classes().isEmpty()
                    ? width() + " numbers"
                    : "classes") + ", expected a single number");
        }
    }

    /// {@return the most probable class of a row}, the first of equally probable ones.
    ///
    /// @param row a number for each column, in their order; NaN if it is missing
    /// @throws IllegalStateException if the model predicts numbers
    public String predictClass(double... row) {
        return nameOf(predictProbabilities(row));
    }

    /// {@return the most probable class of a row by the names of its columns}
    ///
    /// @param row as for [#predict(Map)]
    /// @throws IllegalStateException if the model predicts numbers
    public String predictClass(Map<String, ?> row) {
        requireClasses();
        return nameOf(predict(row));
    }

    /// {@return the probabilities of the classes for a row}
    ///
    /// @param row a number for each column, in their order; NaN if it is missing
    /// @throws IllegalStateException if the model predicts numbers
    public double[] predictProbabilities(double... row) {
        requireClasses();
        return predict(row);
    }

    /// {@return the probabilities of the classes for a row by the names of its columns}
    ///
    /// @param row as for [#predict(Map)]
    /// @throws IllegalStateException if the model predicts numbers
    public double[] predictProbabilities(Map<String, ?> row) {
        requireClasses();
        return predict(row);
    }

    /// {@return the probabilities of the classes, in their order, for the rows or sequences of a table}
    ///
    /// @param table as for [#predict(Table)]
    /// @throws IllegalStateException if the model predicts numbers
    public Matrix predictProbabilities(Table table) {
        requireClasses();
        return predict(table);
    }

    private void requireClasses() {
        if (classes().isEmpty()) {
            throw new IllegalStateException("the model predicts numbers, expected classes");
        }
    }

    private String nameOf(double[] probabilities) {
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        return classes().get(best);
    }

    /// {@return the predictions for rows of numbers}
    ///
    /// @param rows a column of numbers for each column of the table, in their order; NaN if one is missing
    /// @throws IllegalArgumentException if there are more or fewer columns
    /// @throws io.quadric.engine.InputException if a number cannot be used
    public Matrix predict(Matrix rows) {
        Matrix out = Predictors.room(this, rows.rows());
        predict(rows, out);
        return out;
    }

    /// Predicts for rows of numbers; after the first calls, no memory is taken that grows with their number.
    ///
    /// @param rows a column of numbers for each column of the table, in their order; NaN if one is missing
    /// @param out overwritten with a prediction in each row
    /// @throws IllegalArgumentException if there are more or fewer columns, or the shapes do not fit
    /// @throws io.quadric.engine.InputException if a number cannot be used
    public void predict(Matrix rows, Matrix out) {
        requireRows();
        preparation.features().requireWidth(rows.columns());
        if (out.rows() != rows.rows() || out.columns() != width()) {
            throw new IllegalArgumentException(
                    "room for predictions " + out + ", expected " + rows.rows() + " × " + width());
        }
        predictors.predict(rows, out);
    }

    /// {@return the predictions for rows of numbers}
    ///
    /// @param rows of a number for each column, in their order; NaN if it is missing
    /// @throws IllegalArgumentException if a row has more or fewer numbers than there are columns
    /// @throws io.quadric.engine.InputException if a number cannot be used
    public double[][] predict(double[][] rows) {
        return predict(Matrix.of(rows)).toArray();
    }

    /// {@return the predictions for the rows of a table, or for its sequences if the model predicts those}
    ///
    /// @param table has the columns, in any order
    /// @throws io.quadric.engine.InputException if a column is missing, a value cannot be used, or a sequence is longer
    ///     than those that the model was trained on and its layers depend on the length
    public Matrix predict(Table table) {
        return predictors.predict(table);
    }

    /// {@return the predictions for inputs that are prepared already}, such as those of a
    /// [Dataset][io.quadric.engine.data.Dataset]
    ///
    /// @param inputs of the network, one case in each row
    /// @throws IllegalArgumentException if they have more or fewer columns than the network has inputs
    public Matrix predictPrepared(Inputs inputs) {
        return predictors.predict(inputs);
    }

    /// {@return the most probable class of each row of a table, or of each of its sequences}
    ///
    /// @param table has the columns, in any order
    /// @throws io.quadric.engine.InputException if a column is missing or a value cannot be used
    /// @throws IllegalStateException if the model predicts numbers
    public List<String> predictClasses(Table table) {
        requireClasses();
        Matrix probabilities = predict(table);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < probabilities.rows(); i++) {
            names.add(nameOf(probabilities.row(i).toArray()));
        }
        return names;
    }
}
