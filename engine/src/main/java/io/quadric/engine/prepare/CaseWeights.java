package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How much each case counts: the product of its weight in the table and the weight of its class, divided by the mean
/// of all, so that losses keep their size.
public final class CaseWeights {
    private CaseWeights() {}

    /// {@return a weight for each case, or nothing if all count the same}
    ///
    /// @param table may have a column of weights
    /// @param target what is predicted
    /// @param classes weights of classes
    /// @throws InputException if a weight is negative or missing, all are 0, or weights are given for a class that does
    ///     not exist
    public static Optional<double[]> of(Table table, TargetEncoding target, ClassWeights classes) {
        boolean weighted = !table.schema().of(ColumnRole.WEIGHT).isEmpty();
        if (!weighted && classes instanceof ClassWeights.Equal) {
            return Optional.empty();
        }
        double[] weights = new double[table.rows()];
        Arrays.fill(weights, 1);
        table.schema().of(ColumnRole.WEIGHT)
                .forEach(field -> multiply(weights, field.name(), table.numeric(field.name())));
        if (!(classes instanceof ClassWeights.Equal)) {
            multiply(weights, target, table, classes);
        }
        double mean = Arrays.stream(weights).sum() / weights.length;
        if (!(mean > 0)) {
            throw new InputException("all cases have weight 0, expected some above");
        }
        return Optional.of(Arrays.stream(weights).map(weight -> weight / mean).toArray());
    }

    private static void multiply(double[] weights, String name, NumericColumn column) {
        for (int i = 0; i < weights.length; i++) {
            double weight = column.get(i);
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new InputException("a weight in column '" + name + "' is "
                        + (column.isMissing(i) ? "missing" : weight) + ", expected a finite number of at least 0");
            }
            weights[i] *= weight;
        }
    }

    private static void multiply(double[] weights, TargetEncoding target, Table table, ClassWeights classes) {
        if (!(target instanceof ClassTarget names)) {
            throw new InputException("weights of classes are given, and the target is a number");
        }
        int[] labels = names.labels(table);
        double[] byClass = byClass(names.classes(), labels, classes);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= byClass[labels[i]];
        }
    }

    private static double[] byClass(List<String> names, int[] labels, ClassWeights classes) {
        double[] weights = new double[names.size()];
        switch (classes) {
            case ClassWeights.Equal equal -> Arrays.fill(weights, 1);
            case ClassWeights.Balanced balanced -> {
                for (int label : labels) {
                    weights[label]++;
                }
                Arrays.setAll(weights, k -> labels.length / (names.size() * Math.max(1, weights[k])));
            }
            case ClassWeights.Given given -> {
                given.weights().keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
                    throw new InputException(Names.unknown("class", name, names));
                });
                Arrays.setAll(weights, k -> given.weights().getOrDefault(names.get(k), 1.0));
            }
        }
        return weights;
    }
}
