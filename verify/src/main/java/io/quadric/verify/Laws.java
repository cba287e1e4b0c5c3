package io.quadric.verify;

import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// The laws, and the check of a model of yours against them.
///
/// ```java
/// LawReport report = Laws.check(Subject.ofLayer(new MyLayer(), new Shape.Features(4), 1), 1);
/// System.out.print(report);
/// ```
public final class Laws {
    private Laws() {}

    /// {@return every law}
    public static List<Law> all() {
        List<Law> laws = new ArrayList<>();
        laws.addAll(LossLaws.ALL);
        laws.addAll(JacobianLaws.ALL);
        laws.addAll(CurvatureLaws.ALL);
        laws.addAll(StatisticsLaws.ALL);
        laws.addAll(TaylorLaws.ALL);
        laws.addAll(BlockLaws.ALL);
        laws.addAll(SamplingLaws.ALL);
        return List.copyOf(laws);
    }

    /// {@return what the laws say about one subject}
    ///
    /// @param subject what is checked
    /// @param seed decides the random directions
    public static LawReport check(Subject subject, long seed) {
        return check(Stream.of(subject), seed);
    }

    /// {@return what the laws say about several subjects}, taken from the stream one by one
    ///
    /// @param subjects what is checked
    /// @param seed decides the random directions
    public static LawReport check(Stream<Subject> subjects, long seed) {
        return check(all(), subjects, seed);
    }

    /// {@return what some laws, perhaps your own, say about several subjects}
    ///
    /// @param laws the laws
    /// @param subjects what is checked
    /// @param seed decides the random directions
    public static LawReport check(List<Law> laws, Stream<Subject> subjects, long seed) {
        List<LawResult> results = new ArrayList<>(laws.stream().map(LawResult::none).toList());
        List<Warning> warnings = new ArrayList<>();
        try (Workspace ws = Workspace.serial()) {
            subjects.forEachOrdered(subject -> warnings.addAll(check(subject, seed, results, ws)));
        }
        return new LawReport(results, warnings);
    }

    private static List<Warning> check(Subject subject, long seed, List<LawResult> results, Workspace ws) {
        try (var at = Linearization.at(subject.model(), subject.parameters(), subject.batch(), ws)) {
            for (int i = 0; i < results.size(); i++) {
                LawResult soFar = results.get(i);
                Law law = soFar.law();
                Probe probe = new Probe(subject, at, RandomData.generator(seed + law.name().hashCode()));
                double bound = law.bound().value(probe.precision());
                OptionalDouble error = law.check().error(probe);
                if (error.isPresent()) {
                    results.set(i, soFar.with(error.getAsDouble(), bound, subject));
                }
            }
            Probe probe = new Probe(subject, at, RandomData.generator(seed - 1));
            return Vitality.warnings(probe).stream()
                    .map(text -> new Warning(subject.name(), text))
                    .toList();
        }
    }
}
