package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.DataSources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// The options that say how images enter a network.
public final class ImageOptions {
    private static final Set<String> CHANGES = Set.of("crop", "flip");

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
        Map<String, String> arguments = augment.map(ImageOptions::changes).orElseGet(HashMap::new);
        if (standardise) {
            arguments.put("channels", "standardised");
        }
        try {
            return DataSources.KINDS.get("pictures").of(source, arguments);
        } catch (InputException e) {
            throw e.at("--augment");
        }
    }

    private static Map<String, String> changes(String text) {
        Map<String, String> changes = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String[] member = part.split("=", 2);
            if (member.length < 2 || !CHANGES.contains(member[0]) || changes.put(member[0], member[1]) != null) {
                throw new InputException(
                        "--augment: '" + part + "' in '" + text + "', expected crop=N, flip=horizontal or both");
            }
        }
        return changes;
    }
}
