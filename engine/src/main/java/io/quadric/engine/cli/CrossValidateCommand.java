package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.cli.option.Range;
import io.quadric.engine.cli.option.RegisteredNames;
import io.quadric.engine.cli.option.TableOptions;
import io.quadric.engine.cli.output.EvaluationJson;
import io.quadric.engine.cli.output.EvaluationText;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.data.OpenTable;
import io.quadric.engine.data.TabularSource;
import io.quadric.engine.learn.CrossValidation;
import io.quadric.engine.learn.Learner;
import io.quadric.engine.learn.Method;
import io.quadric.engine.learn.StopRule;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.report.Text;
import io.quadric.engine.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quadric cross-validate`.
@Command(
        name = "cross-validate",
        description = "Says how good models trained on a table are on rows that they were not trained on: of k folds "
                + "each is predicted by a model that was prepared and trained on the others.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 2 wrong usage or input."})
final class CrossValidateCommand implements Callable<Integer> {
    private final Output output;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            required = true,
            description = "A table: separated values, LIBSVM, NumPy or Parquet, or - for the standard input; or a "
                    + "folder with a folder of images for each class.")
    private String data = "";

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(names = "--folds", paramLabel = "K", description = "How many (default: 5).")
    @Range(from = 2)
    private int folds = 5;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            completionCandidates = RegisteredNames.Methods.class,
            description = "The method: ${COMPLETION-CANDIDATES} (default: " + Method.DEFAULT + ").")
    private String optimizer = Method.DEFAULT;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A hyper-parameter of the method; may be repeated.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(names = "--batch-size", paramLabel = "N", description = "Most cases of a batch (default: by the method "
            + "and the number of cases).")
    @Range(from = 0)
    private int batch;

    @Option(names = "--l2", paramLabel = "ETA", description = "L2 penalty (default: one by the number of cases).")
    @Range(from = 0)
    private Optional<Double> l2 = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "Most passes over the data (default: 100).")
    @Range(from = 1)
    private int epochs = StopRule.defaults().epochs();

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Ends a fit after so many epochs without a lower validation loss, 0 for never (default: 10).")
    @Range(from = 0)
    private int patience = StopRule.defaults().patience();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random (default: 1).")
    @Range(from = Long.MIN_VALUE)
    private long seed = 1;

    @Option(names = "--json", description = "A JSON object instead.")
    private boolean json;

    CrossValidateCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        Method method = new Method(optimizer, values, batch);
        if (!(table.named(data) instanceof TabularSource source)) {
            throw new InputException("--data " + data + ": these cases come split into training and test; expected a "
                    + "table, arrays of NumPy or a folder with a folder of images for each class");
        }
        OpenTable open = source.opened();
        Learner learner = Learner.defaults()
                .withMethod(method)
                .withStop(StopRule.defaults().withEpochs(epochs).withPatience(patience))
                .withRules(source.rules().withScaling(source.rules().scaling().orElse(source.scaling())))
                .withSeed(seed);
        Learner penalised = l2.map(learner::withL2).orElse(learner);
        CrossValidation result = CrossValidation.of(penalised, open.table(), open.shape(), folds(open.table()));
        output.out().println(json ? json(result).toString() : text(result));
        return 0;
    }

    private int folds(Table cases) {
        if (folds > cases.rows()) {
            throw new InputException("--folds is " + folds + ", expected a whole number from 2 to the " + cases.rows()
                    + " rows of the table");
        }
        return folds;
    }

    private static String text(CrossValidation result) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("fold", "cases"));
        result.figures().keySet().forEach(name -> header.add(EvaluationText.label(name)));
        rows.add(header);
        for (int k = 0; k < result.evaluations().size(); k++) {
            ModelEvaluation fold = result.evaluations().get(k);
            List<String> row = new ArrayList<>(List.of(Integer.toString(k + 1), Integer.toString(fold.cases())));
            fold.figures().values().forEach(figure -> row.add(EvaluationText.value(figure.value())));
            rows.add(row);
        }
        List<String> mean = new ArrayList<>(List.of("mean", ""));
        List<String> deviation = new ArrayList<>(List.of("deviation", ""));
        result.figures().values().forEach(spread -> {
            mean.add(EvaluationText.value(spread.mean()));
            deviation.add(EvaluationText.value(spread.deviation()));
        });
        rows.add(mean);
        rows.add(deviation);
        return Text.table(rows);
    }

    private static ObjectNode json(CrossValidation result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode all = node.putArray("folds");
        result.evaluations().forEach(fold -> {
            ObjectNode one = all.addObject().put("cases", fold.cases());
            EvaluationJson.figures(fold, one);
        });
        ObjectNode means = node.putObject("mean");
        ObjectNode deviations = node.putObject("deviation");
        result.figures().forEach((name, spread) -> {
            EvaluationJson.number(means, name, spread.mean());
            EvaluationJson.number(deviations, name, spread.deviation());
        });
        return node;
    }
}
