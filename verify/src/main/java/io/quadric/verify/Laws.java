package io.quadric.verify;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// The laws, and the check of a model of yours against them.
///
/// ```java
/// LawReport report = Laws.check(Subject.ofLayer(new MyLayer(), new Shape.Features(4), 1), 1);
/// System.out.print(report);
/// ```
public final class Laws {
    /// Subjects that wait, for each thread.
    private static final int AHEAD = 8;

    /// Elements of scratch that are spoiled before each law, in pieces that fit between what is taken.
    private static final int SPOILED = 1 << 14;
    private static final int PIECE = 64;

    private Laws() {}

    /// {@return every law}
    public static List<Law> all() {
        List<Law> laws = new ArrayList<>();
        laws.addAll(LossLaws.ALL);
        laws.addAll(JacobianLaws.ALL);
        laws.addAll(CurvatureLaws.ALL);
        laws.addAll(StructuralLaws.ALL);
        laws.addAll(StatisticsLaws.ALL);
        laws.addAll(CaseLaws.ALL);
        laws.addAll(EvaluationLaws.ALL);
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
        return check(laws, subjects, seed, 1);
    }

    /// {@return the same from several threads}, each of which checks subjects of its own; the report does not depend
    /// on their number
    ///
    /// @param laws the laws
    /// @param subjects what is checked, made when they are needed
    /// @param seed decides the random directions
    /// @param threads at least 1
    public static LawReport check(List<Law> laws, Stream<Subject> subjects, long seed, int threads) {
        List<LawResult> results = new ArrayList<>(laws.stream().map(LawResult::none).toList());
        List<Warning> warnings = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            Deque<Future<Measured>> running = new ArrayDeque<>();
            subjects.forEachOrdered(subject -> {
                running.add(pool.submit(() -> measure(laws, subject, seed)));
                if (running.size() > AHEAD * threads) {
                    add(running.remove(), results, warnings);
                }
            });
            running.forEach(last -> add(last, results, warnings));
        }
        return new LawReport(results, warnings);
    }

    /// What the laws came to on one subject.
    ///
    /// @param subject what was checked
    /// @param errors one for each law
    /// @param warnings about the subject
    private record Measured(Subject subject, List<OptionalDouble> errors, List<String> warnings) {}

    private static Measured measure(List<Law> laws, Subject subject, long seed) {
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(subject.model(), subject.parameters(), subject.batch(), ws)) {
            List<OptionalDouble> errors = new ArrayList<>();
            for (Law law : laws) {
                spoil(ws);
                Probe probe = new Probe(subject, at, RandomData.generator(seed + law.name().hashCode()));
                errors.add(law.check().error(probe));
            }
            Probe probe = new Probe(subject, at, RandomData.generator(seed - 1));
            return new Measured(subject, errors, SignalChecks.warnings(probe));
        }
    }

    /// Leaves NaN in scratch, whose contents are undefined: what reads it before it writes is found.
    private static void spoil(Workspace ws) {
        try (var frame = ws.open()) {
            for (int i = 0; i < SPOILED; i += PIECE) {
                frame.vector(Precision.FLOAT64, PIECE).fill(Double.NaN);
                frame.vector(Precision.FLOAT32, PIECE).fill(Double.NaN);
            }
        }
    }

    private static void add(Future<Measured> future, List<LawResult> results, List<Warning> warnings) {
        Measured measured = outcome(future);
        Subject subject = measured.subject();
        for (int i = 0; i < results.size(); i++) {
            LawResult soFar = results.get(i);
            OptionalDouble error = measured.errors().get(i);
            if (error.isPresent()) {
                double bound = soFar.law().bound().value(subject.parameters().values().precision());
                results.set(i, soFar.with(error.getAsDouble(), bound, subject));
            }
        }
        measured.warnings().forEach(text -> warnings.add(new Warning(subject.name(), text)));
    }

    private static Measured outcome(Future<Measured> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while laws were checked", e);
        }
    }
}
