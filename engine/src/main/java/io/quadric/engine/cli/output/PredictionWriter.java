package io.quadric.engine.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.table.Column;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// Writes predictions as separated values with a header, or a JSON object for each.
public final class PredictionWriter {
    private final TrainedModel model;
    private final Form form;
    private final Writer to;
    private final CsvWriter csv;
    private final List<String> header;
    private long count;

    public PredictionWriter(TrainedModel model, Form form, Writer to) {
        this.model = model;
        this.form = form;
        this.to = to;
        csv = CsvWriter.builder().build(to);
        header = header();
    }

    /// How predictions are written.
    ///
    /// @param kept columns of the data before them
    /// @param probabilities whether those of the classes too
    /// @param json an object for each instead of a line of separated values
    public record Form(List<String> kept, boolean probabilities, boolean json) {}

    /// A prediction that could not be written.
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(IOException cause) {
            super(cause);
        }

        @Override
        public synchronized IOException getCause() {
            return (IOException) super.getCause();
        }
    }

    /// How many have been written.
    public long count() {
        return count;
    }

    /// The columns of the data: which sequence it is, and those that are kept.
    private List<String> before() {
        return Stream.concat(model.preparation().sequence().stream(), form.kept().stream()).distinct().toList();
    }

    private boolean isClassifier() {
        return !model.classes().isEmpty();
    }

    /// The names of the columns: those of the data, the target, and for each class `p(class)`.
    private List<String> header() {
        List<String> names = new ArrayList<>(before());
        if (model.preparation().target() instanceof NumberTarget target && target.width() < model.width()) {
            for (int j = 0; j < model.width(); j++) {
                names.add(target.columns().get(j % target.width()) + "_" + (1 + j / target.width()));
            }
            return names;
        }
        names.addAll(model.preparation().target().schema().names());
        if (isClassifier() && form.probabilities()) {
            model.classes().forEach(name -> names.add("p(" + name + ")"));
        }
        return names;
    }

    /// Predicts rows or sequences, and writes what comes out.
    ///
    /// @throws Failed if it cannot be written
    public void write(Table table) {
        Table cases = model.preparation().targets(table);
        write(new Block(model.predict(table), before().stream().map(cases::column).toList()));
    }

    /// Writes predictions for cases that have no columns; sequences have the numbers 1, 2, … as names.
    ///
    /// @param predictions one in each row
    /// @throws Failed if it cannot be written
    public void write(Matrix predictions) {
        double[] numbers = new double[predictions.rows()];
        Arrays.setAll(numbers, i -> count + i + 1);
        write(new Block(predictions, Collections.nCopies(before().size(), NumericColumn.of(numbers))));
    }

    private void write(Block block) {
        try {
            if (form.json()) {
                writeJson(block);
            } else {
                writeCsv(block);
            }
        } catch (IOException e) {
            throw new Failed(e);
        }
        count += block.predictions().rows();
    }

    /// @param predictions one in each row
    /// @param before columns of the data
    private record Block(Matrix predictions, List<Column> before) {
        String number(int i, int j) {
            double value = predictions.get(i, j);
            return predictions.precision() == Precision.FLOAT32
                    ? Float.toString((float) value)
                    : Double.toString(value);
        }

        int best(int i) {
            int best = 0;
            for (int k = 1; k < predictions.columns(); k++) {
                best = predictions.get(i, k) > predictions.get(i, best) ? k : best;
            }
            return best;
        }
    }

    private void writeCsv(Block block) throws IOException {
        if (count == 0) {
            csv.writeRecord(header);
        }
        for (int i = 0; i < block.predictions().rows(); i++) {
            List<String> cells = new ArrayList<>();
            for (Column column : block.before()) {
                cells.add(column.text(i));
            }
            if (isClassifier()) {
                cells.add(model.classes().get(block.best(i)));
            }
            for (int j = 0; j < block.predictions().columns() && (form.probabilities() || !isClassifier()); j++) {
                cells.add(block.number(i, j));
            }
            csv.writeRecord(cells);
        }
        csv.flush();
    }

    private void writeJson(Block block) throws IOException {
        int first = block.before().size();
        for (int i = 0; i < block.predictions().rows(); i++) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            for (int j = 0; j < first; j++) {
                line.put(header.get(j), block.before().get(j).text(i));
            }
            if (isClassifier()) {
                line.put(header.get(first), model.classes().get(block.best(i)));
                ObjectNode all = form.probabilities() ? line.putObject("probabilities") : line;
                for (int k = 0; k < model.classes().size() && form.probabilities(); k++) {
                    EvaluationJson.number(all, model.classes().get(k), Double.parseDouble(block.number(i, k)));
                }
            } else {
                for (int j = 0; j < block.predictions().columns(); j++) {
                    EvaluationJson.number(line, header.get(first + j), Double.parseDouble(block.number(i, j)));
                }
            }
            to.write(line + "\n");
        }
        to.flush();
    }
}
