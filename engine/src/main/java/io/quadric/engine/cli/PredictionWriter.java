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

/// The predictions for a table as text.
final class PredictionWriter {
    private final TrainedModel model;
    private final Matrix predictions;
    private final boolean probabilities;
    private final Optional<SequenceRows> sequences;

    PredictionWriter(TrainedModel model, Table table, boolean probabilities) {
        this.model = model;
        this.predictions = model.predict(table);
        this.probabilities = probabilities;
        sequences = model.preparation().sequence().map(column -> SequenceRows.of(table, column));
    }

    private boolean isClassifier() {
        return !model.classes().isEmpty();
    }

    private List<String> targets() {
        return model.preparation().target().schema().names();
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
        names.addAll(targets());
        if (isClassifier() && probabilities) {
            model.classes().forEach(name -> names.add("p(" + name + ")"));
        }
        return names;
    }

    private String number(int i, int j) {
        double value = predictions.get(i, j);
        return predictions.precision() == Precision.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
    }

    private String name(int i) {
        int best = 0;
        for (int k = 1; k < predictions.columns(); k++) {
            best = predictions.get(i, k) > predictions.get(i, best) ? k : best;
        }
        return model.classes().get(best);
    }

    void writeCsv(Writer to) throws IOException {
        CsvWriter csv = CsvWriter.builder().build(to);
        csv.writeRecord(header());
        for (int i = 0; i < predictions.rows(); i++) {
            List<String> cells = new ArrayList<>();
            int row = i;
            sequences.ifPresent(all -> cells.add(all.name(row)));
            if (isClassifier()) {
                cells.add(name(i));
            }
            for (int j = 0; j < predictions.columns() && (probabilities || !isClassifier()); j++) {
                cells.add(number(i, j));
            }
            csv.writeRecord(cells);
        }
        csv.flush();
    }

    void writeJson(Writer to) throws IOException {
        List<String> header = header();
        for (int i = 0; i < predictions.rows(); i++) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            int row = i;
            sequences.ifPresent(all -> line.put(header.getFirst(), all.name(row)));
            int first = sequences.isPresent() ? 1 : 0;
            if (isClassifier()) {
                line.put(header.get(first), name(i));
                ObjectNode all = probabilities ? line.putObject("probabilities") : line;
                for (int k = 0; k < predictions.columns() && probabilities; k++) {
                    EvaluationJson.number(all, model.classes().get(k), Double.parseDouble(number(i, k)));
                }
            } else {
                for (int j = 0; j < predictions.columns(); j++) {
                    EvaluationJson.number(line, header.get(first + j), Double.parseDouble(number(i, j)));
                }
            }
            to.write(line + "\n");
        }
        to.flush();
    }
}
