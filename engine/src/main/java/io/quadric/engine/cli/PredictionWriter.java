package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.table.SequenceRows;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes predictions as separated values with a header, or a JSON object for each.
final class PredictionWriter {
    private final TrainedModel model;
    private final boolean probabilities;
    private final boolean json;
    private final Writer to;
    private final CsvWriter csv;
    private final List<String> header;
    private long count;

    PredictionWriter(TrainedModel model, boolean probabilities, boolean json, Writer to) {
        this.model = model;
        this.probabilities = probabilities;
        this.json = json;
        this.to = to;
        csv = CsvWriter.builder().build(to);
        header = header();
    }

    /// A prediction that could not be written.
    static final class Failed extends RuntimeException {
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
    long count() {
        return count;
    }

    private boolean isClassifier() {
        return !model.classes().isEmpty();
    }

    /// The names of the columns: the target, and for each class `p(class)`.
    private List<String> header() {
        List<String> names = new ArrayList<>();
        model.preparation().sequence().ifPresent(names::add);
        if (model.preparation().target() instanceof NumberTarget target && target.width() < model.width()) {
            for (int j = 0; j < model.width(); j++) {
                names.add(target.columns().get(j % target.width()) + "_" + (1 + j / target.width()));
            }
            return names;
        }
        names.addAll(model.preparation().target().schema().names());
        if (isClassifier() && probabilities) {
            model.classes().forEach(name -> names.add("p(" + name + ")"));
        }
        return names;
    }

    /// Predicts rows or sequences, and writes what comes out.
    ///
    /// @throws Failed if it cannot be written
    void write(Table table) {
        Block block = new Block(
                model.predict(table), model.preparation().sequence().map(column -> SequenceRows.of(table, column)));
        try {
            if (json) {
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
    /// @param sequences what they belong to
    private record Block(Matrix predictions, Optional<SequenceRows> sequences) {
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
            int row = i;
            block.sequences().ifPresent(all -> cells.add(all.name(row)));
            if (isClassifier()) {
                cells.add(model.classes().get(block.best(i)));
            }
            for (int j = 0; j < block.predictions().columns() && (probabilities || !isClassifier()); j++) {
                cells.add(block.number(i, j));
            }
            csv.writeRecord(cells);
        }
        csv.flush();
    }

    private void writeJson(Block block) throws IOException {
        int first = block.sequences().isPresent() ? 1 : 0;
        for (int i = 0; i < block.predictions().rows(); i++) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            int row = i;
            block.sequences().ifPresent(all -> line.put(header.getFirst(), all.name(row)));
            if (isClassifier()) {
                line.put(header.get(first), model.classes().get(block.best(i)));
                ObjectNode all = probabilities ? line.putObject("probabilities") : line;
                for (int k = 0; k < model.classes().size() && probabilities; k++) {
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
