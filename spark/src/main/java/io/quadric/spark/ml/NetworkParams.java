package io.quadric.spark.ml;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Precision;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/// The parameters of an estimator, with their defaults. [NetworkTraining] has them one by one.
public final class NetworkParams implements Serializable {
    private static final long serialVersionUID = 1;

    final IntArrayParam hiddenUnits;
    final Param<String> activation;
    final LayersParam layers;
    final Param<String> optimizer;
    final StringArrayParam hyperParameters;
    final IntParam maxIter;
    final IntParam batchSize;
    final IntParam chunkSize;
    final DoubleParam l2;
    final LongParam seed;
    final Param<String> weightCol;
    final Param<String> precision;

    NetworkParams(Params owner) {
        hiddenUnits = new IntArrayParam(owner, "hiddenUnits", "units of each hidden layer, from input to output");
        activation = new Param<>(owner, "activation", "function of the hidden units", among(names(
                ElementaryFunction.values())));
        layers = new LayersParam(owner, "layers", "all layers, instead of hiddenUnits and activation");
        optimizer = new Param<>(owner, "optimizer", "method by its name, one of " + recipes(), among(recipes()));
        hyperParameters = new StringArrayParam(owner, "hyperParameters",
                "hyper-parameters of the method as name=value; the others are its defaults");
        maxIter = new IntParam(owner, "maxIter", "passes over the rows (>= 0)", ParamValidators.gtEq(0));
        batchSize = new IntParam(owner, "batchSize", "most rows of a batch, 0 for all (>= 0)", ParamValidators.gtEq(0));
        chunkSize = new IntParam(owner, "chunkSize", "most rows that an executor computes at a time (>= 1)",
                ParamValidators.gtEq(1));
        l2 = new DoubleParam(owner, "l2", "penalty l2 |theta|^2 / 2 (>= 0)", ParamValidators.gtEq(0));
        seed = new LongParam(owner, "seed", "decides first parameters, batches and the draws of the method");
        weightCol = new Param<>(owner, "weightCol", "column of weights; none if it is not set");
        precision = new Param<>(owner, "precision", "float32 or float64", among(names(Precision.values())));
    }

    /// Once the owner knows its parameters.
    void setDefaults(Params owner) {
        owner.setDefault(hiddenUnits, new int[]{64});
        owner.setDefault(activation, name(ElementaryFunction.TANH));
        owner.setDefault(optimizer, "kfac");
        owner.setDefault(hyperParameters, new String[0]);
        owner.setDefault(maxIter, 20);
        owner.setDefault(batchSize, 1000);
        owner.setDefault(chunkSize, 250);
        owner.setDefault(l2, 1e-4);
        owner.setDefault(seed, 1L);
        owner.setDefault(precision, name(Precision.FLOAT32));
    }

    private static scala.Function1<String, Object> among(List<String> names) {
        return ParamValidators.inArray(names);
    }

    private static List<String> recipes() {
        return Optimizers.all().stream().map(Recipe::name).toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(NetworkParams::name).toList();
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
