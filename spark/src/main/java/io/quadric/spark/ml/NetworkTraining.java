package io.quadric.spark.ml;

import io.quadric.nn.layer.Layer;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/// What an estimator trains a network with.
///
/// @param <E> the estimator
public sealed interface NetworkTraining<E> extends Params permits NetworkClassifier, NetworkRegressor {
    /// {@return the parameters, with which nothing can be done outside this package}
    NetworkParams networkParams();

    /// {@return this estimator}
    E self();

    private <T> E with(Param<T> param, T value) {
        set(param, value);
        return self();
    }

    /// {@return the parameter of the units of each hidden layer, from input to output}
    default IntArrayParam hiddenUnits() {
        return networkParams().hiddenUnits;
    }

    /// Sets the units of each hidden layer, from input to output; `{64}` unless set.
    ///
    /// @param units each at least 1
    /// @return this estimator
    default E setHiddenUnits(int[] units) {
        return with(hiddenUnits(), units);
    }

    /// {@return the parameter of the function of the hidden units}
    default Param<String> activation() {
        return networkParams().activation;
    }

    /// Sets the function of the hidden units: `linear`, `tanh`, `logistic`, `relu`, `leaky_relu` or `softplus`; `tanh`
    /// unless set.
    ///
    /// @param function its name
    /// @return this estimator
    default E setActivation(String function) {
        return with(activation(), function);
    }

    /// {@return the parameter of all layers, instead of hidden units and activation}
    default Param<List<Layer>> layers() {
        return networkParams().layers;
    }

    /// Sets all layers, instead of hidden units and activation; not set at first.
    ///
    /// @param all from input to output: as many outputs as classes, or one
    /// @return this estimator
    default E setLayers(List<Layer> all) {
        return with(layers(), all);
    }

    /// {@return the parameter of the method by the name of its recipe}
    default Param<String> optimizer() {
        return networkParams().optimizer;
    }

    /// Sets the method by the name of its recipe; `kfac` unless set.
    ///
    /// @param name of [io.quadric.optim.recipe.Optimizers#all]
    /// @return this estimator
    default E setOptimizer(String name) {
        return with(optimizer(), name);
    }

    /// {@return the parameter of the hyper-parameters of the method}
    default StringArrayParam hyperParameters() {
        return networkParams().hyperParameters;
    }

    /// Sets the hyper-parameters of the method; its defaults unless set.
    ///
    /// @param values such as `damping=0.1`
    /// @return this estimator
    default E setHyperParameters(String[] values) {
        return with(hyperParameters(), values);
    }

    /// {@return the parameter of the passes over the rows}
    default IntParam maxIter() {
        return networkParams().maxIter;
    }

    /// Sets the passes over the rows; 20 unless set.
    ///
    /// @param passes at least 0
    /// @return this estimator
    default E setMaxIter(int passes) {
        return with(maxIter(), passes);
    }

    /// {@return the parameter of the most rows of a batch, in whole chunks, 0 for all of them}
    default IntParam batchSize() {
        return networkParams().batchSize;
    }

    /// Sets the most rows of a batch, in whole chunks, 0 for all of them; 1000 unless set.
    ///
    /// @param rows at least 0
    /// @return this estimator
    default E setBatchSize(int rows) {
        return with(batchSize(), rows);
    }

    /// {@return the parameter of the most rows that an executor computes at a time}
    default IntParam chunkSize() {
        return networkParams().chunkSize;
    }

    /// Sets the most rows that an executor computes at a time; 250 unless set.
    ///
    /// @param rows at least 1
    /// @return this estimator
    default E setChunkSize(int rows) {
        return with(chunkSize(), rows);
    }

    /// {@return the parameter of the penalty η ‖θ‖² / 2}
    default DoubleParam l2() {
        return networkParams().l2;
    }

    /// Sets the penalty η ‖θ‖² / 2; η = 1e-4 unless set.
    ///
    /// @param eta at least 0
    /// @return this estimator
    default E setL2(double eta) {
        return with(l2(), eta);
    }

    /// {@return the parameter of the seed of first parameters, batches and the draws of the method}
    default LongParam seed() {
        return networkParams().seed;
    }

    /// Sets the seed of first parameters, batches and the draws of the method; 1 unless set.
    ///
    /// @param number any
    /// @return this estimator
    default E setSeed(long number) {
        return with(seed(), number);
    }

    /// {@return the parameter of the column of the weights}
    default Param<String> weightCol() {
        return networkParams().weightCol;
    }

    /// Sets the column of the weights; not set at first.
    ///
    /// @param column of numbers of at least 0
    /// @return this estimator
    default E setWeightCol(String column) {
        return with(weightCol(), column);
    }

    /// {@return the parameter of the precision of the numbers, `float32` or `float64`}
    default Param<String> precision() {
        return networkParams().precision;
    }

    /// Sets the precision of the numbers, `float32` or `float64`; `float32` unless set.
    ///
    /// @param name of the precision
    /// @return this estimator
    default E setPrecision(String name) {
        return with(precision(), name);
    }
}
