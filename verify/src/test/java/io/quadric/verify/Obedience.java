package io.quadric.verify;

import java.util.List;
import java.util.stream.Stream;

/// Whether a subject obeys all laws, those that need little time first: for what is expected to break one.
final class Obedience {
    private static final List<Law> FIRST = Stream.of(LossLaws.ALL, JacobianLaws.ALL, CurvatureLaws.ALL)
            .flatMap(List::stream).toList();
    private static final List<Law> LAST = SamplingLaws.ALL;
    private static final List<Law> OTHERS = Laws.all().stream()
            .filter(law -> !FIRST.contains(law) && !LAST.contains(law)).toList();

    private Obedience() {}

    static boolean of(Subject subject) {
        return Stream.of(FIRST, OTHERS, LAST).allMatch(laws -> Laws.check(laws, Stream.of(subject), 1).holds());
    }
}
