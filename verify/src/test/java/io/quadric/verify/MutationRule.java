package io.quadric.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A text in a line of source, and the fault that takes its place: signs, factors, transposes, sums instead of values,
/// indices, statements that are missing.
enum MutationRule {
    PLUS(" \\+ (?!\")", " - "),
    MINUS(" - ", " + "),
    TIMES(" \\* ", " / "),
    TRANSPOSE("\\.t\\(\\)", ""),
    MINUS_ONE("\\(-1, ", "(1, "),
    ONE("\\(1, ", "(-1, "),
    SCALE("scale\\(-1\\)", "scale(1)"),
    ADD("\\.ADD\\.", ".SET."),
    SET("\\.SET\\.", ".ADD."),
    RECIPROCAL("1\\.0 / ", "2.0 / "),
    HALF("0\\.5", "1"),
    NEXT("i \\+ 1", "i"),
    NEXT_STEP("t \\+ 1", "t"),
    STEP_BEFORE("t - 1", "t"),
    /// Not one that checks an argument.
    STATEMENT("^( +)(\\w+\\.)+(?!require)\\w+\\(.*\\);$", "$1;");

    /// The first line of a method or constructor.
    private static final Pattern METHOD = Pattern.compile(
            "^ {4,8}(?!return|throw|new|else|case|assert|yield)(?:[\\w<>\\[\\],.?@]+ )*(\\w+)\\(.*[^;]$");

    private final Pattern text;
    private final String instead;

    MutationRule(String text, String instead) {
        this.text = Pattern.compile(text);
        this.instead = instead;
    }

    /// A mutant and where it comes from.
    ///
    /// @param mutant the changed source
    /// @param method in which the changed line is
    /// @param rule which one changed it
    record Planted(Mutant mutant, String method, MutationRule rule) {
        /// Where, as [EquivalentMutants] names it.
        String place() {
            return mutant.file().replace(".java", "") + "." + method + " " + rule;
        }

        @Override
        public String toString() {
            return place() + " (line " + (mutant.line() + 1) + "): " + mutant.text().strip();
        }
    }

    /// {@return a mutant by each rule for every line that it fits}
    static List<Planted> everywhere(String file) {
        List<String> lines = Mutant.lines(file);
        return IntStream.range(0, lines.size()).boxed().flatMap(i -> Arrays.stream(values())
                .flatMap(rule -> rule.changed(lines.get(i)).stream()
                        .map(text -> new Planted(new Mutant(file, i, text), method(lines, i), rule))))
                .toList();
    }

    private Optional<String> changed(String line) {
        if (line.strip().startsWith("///") || line.startsWith("import") || line.contains("\"")) {
            return Optional.empty();
        }
        Matcher matcher = text.matcher(line);
        return matcher.find() ? Optional.of(matcher.replaceFirst(instead)) : Optional.empty();
    }

    private static String method(List<String> lines, int line) {
        for (int i = line; i >= 0; i--) {
            Matcher matcher = METHOD.matcher(lines.get(i));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return "fields";
    }
}
