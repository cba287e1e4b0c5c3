package io.quadric.engine.prepare;

import io.quadric.engine.table.ColumnType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Preparations of data that are matrices already: columns x1, x2, …, each with a scale, and classes 0, 1, …, or
/// targets y1, y2, ….
public final class PlainPreparations {
    private PlainPreparations() {}

    /// {@return the targets of classes}
    ///
    /// @param classes at least two
    public static TargetEncoding classes(int classes) {
        return new ClassTarget("class", ColumnType.NUMERIC, IntStream.range(0, classes).mapToObj(Integer::toString)
                .toList());
    }

    /// {@return targets that are numbers}
    ///
    /// @param scales what was applied to each
    public static TargetEncoding numbers(List<AffineMap> scales) {
        return new NumberTarget(names("y", scales.size()), scales);
    }

    /// {@return targets that are numbers as they are}
    ///
    /// @param targets how many
    public static TargetEncoding numbers(int targets) {
        return numbers(Collections.nCopies(targets, AffineMap.IDENTITY));
    }

    /// {@return a preparation}
    ///
    /// @param scales what was applied to each input
    /// @param target of these data
    public static Preparation of(List<AffineMap> scales, TargetEncoding target) {
        List<String> names = names("x", scales.size());
        List<FeatureEncoder> encoders = IntStream.range(0, scales.size())
                .mapToObj(j -> (FeatureEncoder) new NumberEncoder(names.get(j), scales.get(j), Double.NaN, false))
                .toList();
        return new Preparation(new FeatureEncoding(encoders), target, Optional.empty());
    }

    private static List<String> names(String stem, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(j -> stem + j).toList();
    }
}
