package io.quadric.engine.cli.option;

import io.quadric.engine.data.DataSource;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Option;

/// The options that say how images enter a network.
public final class ImageOptions {
    @Option(
            names = "--augment",
            paramLabel = "ARGUMENTS",
            description = "Images: how training cases are changed at random, such as 'crop=4,flip=horizontal': "
                    + "cut out of the image with so many pixels of padding on each side, mirrored.")
    private Optional<String> augment = Optional.empty();

    @Option(
            names = "--standardise",
            description = "Images: channels are scaled to mean 0 and deviation 1 over the training cases; the model "
                    + "keeps the scale.")
    private boolean standardise;

    /// The data with what these options say.
    DataSource applied(DataSource source) {
        if (augment.isEmpty() && !standardise) {
            return source;
        }
        StringJoiner text = new StringJoiner(",");
        text.add("pictures:" + TableOptions.escaped(source.name()));
        augment.ifPresent(text::add);
        if (standardise) {
            text.add("channels=standardised");
        }
        return DataSource.named(text.toString(), Map.of());
    }
}
