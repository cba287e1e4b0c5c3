package io.quadric.spark.ml;

import java.util.function.BiFunction;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;

/// Reads what a [ScoresWriter] has written.
///
/// @param <M> the model
final class ScoresReader<M extends Params> extends MLReader<M> {
    private final Class<M> type;
    private final BiFunction<String, Scores, M> made;

    /// @param type of the model
    /// @param made of its uid and the network
    ScoresReader(Class<M> type, BiFunction<String, Scores, M> made) {
        this.type = type;
        this.made = made;
    }

    @Override
    public M load(String path) {
        var metadata = DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), type.getName());
        M model = made.apply(metadata.uid(), Scores.load(path, sparkSession()));
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
    }
}
