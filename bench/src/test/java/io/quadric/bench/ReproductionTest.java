package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/reproduction.md`: what it says of our runs stands in the committed tables, and README quotes only from there.
class ReproductionTest {
    private static final Path DOCS = Sources.ROOT.resolve("docs");
    /// The number, the file, the row and the column; a row of curves is a run and a step.
    private static final Pattern LINK = Pattern.compile("\\[([\\d.]+)]\\(([^)#]+)#([^)]+)/([^)/]+)\\)");
    private static final Set<String> VERDICTS = Set.of(
            "**holds**", "holds in part", "does not hold", "budget too small to tell", "not measured");

    /// The rows of all claims: claim, verdict, ours, command.
    private static List<String[]> claims() {
        return Sources.read(DOCS.resolve("reproduction.md")).lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| claim "))
                .map(ReproductionTest::cells)
                .toList();
    }

    private static String[] cells(String row) {
        return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|")).map(String::strip)
                .toArray(String[]::new);
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9=]+", "-").replaceAll("^-|-$", "");
    }

    private static String camel(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2");
    }

    /// Names of runs may be quoted.
    private static String[] csv(String line) {
        int end = line.startsWith("\"") ? line.indexOf('"', 1) : -1;
        String[] cells = line.substring(end + 1).split(",", -1);
        if (end > 0) {
            cells[0] = line.substring(1, end);
        }
        return cells;
    }

    /// The number of a table or of curves in that row and column; of several seeds, their mean.
    static String stands(Path file, String row, String column) {
        boolean markdown = file.toString().endsWith(".md");
        String[] header = {};
        for (String line : Sources.read(file).lines().toList()) {
            String[] cells = markdown ? line.startsWith("|") ? cells(line) : new String[0] : csv(line);
            int at = Arrays.stream(cells).map(cell -> slug(camel(cell))).toList().indexOf(column);
            if (at >= 0) {
                header = cells;
            } else if (header.length > 0 && cells.length >= header.length && row.equals(name(file, cells))) {
                int found = Arrays.stream(header).map(cell -> slug(camel(cell))).toList().indexOf(column);
                return cells[found].replaceAll(" ± .*| %", "");
            }
        }
        throw new AssertionError(file + " has no row " + row + " with a column " + column);
    }

    private static String name(Path file, String[] cells) {
        return switch (file.getFileName().toString()) {
            case "curves.csv" -> slug(cells[0]) + "/step=" + cells[2];
            case "cells.csv" -> slug(cells[0] + " " + cells[1]);
            default -> slug(cells[0]);
        };
    }

    /// Rounded to the digits that are quoted.
    private static void assertStands(MatchResult link, Path file) {
        BigDecimal quoted = new BigDecimal(link.group(1));
        BigDecimal ours = new BigDecimal(stands(file, link.group(3), link.group(4)));
        assertEquals(quoted, ours.setScale(quoted.scale(), RoundingMode.HALF_UP), link.group());
    }

    @Test
    void everyNumberStandsInTheTableThatItLinksTo() {
        List<MatchResult> links = claims().stream().flatMap(row -> LINK.matcher(row[2]).results()).toList();
        assertTrue(links.size() > 50, links.size() + " numbers");
        links.forEach(link -> assertStands(link, DOCS.resolve(link.group(2)).normalize()));
    }

    /// Figures are linked; what is not is a length, an epoch, seconds or a hyper-parameter, without a decimal point or
    /// after an equals sign.
    @Test
    void everyFigureIsLinkedAndEveryClaimHasItsVerdict() {
        for (String[] row : claims()) {
            assertEquals(4, row.length, String.join(" | ", row));
            assertTrue(VERDICTS.contains(row[1]), row[1]);
            String rest = LINK.matcher(row[2]).replaceAll("").replaceAll("[=<] [\\d.]+", "");
            assertFalse(Pattern.compile("\\d\\.\\d").matcher(rest).find(), rest);
            assertEquals(row[1].equals("not measured"), row[2].equals("–"), row[0]);
        }
    }

    /// What README says of epochs is in the curves of the demonstration.
    @Test
    void readmeQuotesCommittedCurves() {
        Path curves = Sources.ROOT.resolve("bench/results/mnist-autoencoder-demo/curves.csv");
        int rows = 0;
        for (String line : Sources.read(Sources.ROOT.resolve("README.md")).lines().toList()) {
            String run = line.startsWith("| `./quadric experiment mnist-autoencoder-demo`")
                    ? "kfac"
                    : line.startsWith("| the same, K-BFGS |") ? "k-bfgs" : "";
            if (!run.isEmpty()) {
                rows++;
                String[] cells = cells(line);
                int[] epochs = {1, 2, 5, 10, 20};
                for (int i = 0; i < epochs.length; i++) {
                    BigDecimal ours = new BigDecimal(stands(curves, run + "/step=" + 60 * epochs[i], "train-loss"));
                    assertEquals(new BigDecimal(cells[i + 1]), ours.setScale(1, RoundingMode.HALF_UP), line);
                }
            }
        }
        assertEquals(2, rows);
    }

    @Test
    void aNumberThatDoesNotStandThereIsFound() {
        Path table = Sources.ROOT.resolve("bench/results/natural-alignment/table.md");
        assertEquals("0.846", stands(table, "tnt", "all-layers"));
        assertEquals("0.824", stands(table, "tnt", "layer-1"));
        Set<String> missing = Set.of("nobody", "tn").stream().filter(row -> {
            try {
                stands(table, row, "all-layers");
                return false;
            } catch (AssertionError e) {
                return true;
            }
        }).collect(Collectors.toSet());
        assertEquals(Set.of("nobody", "tn"), missing);
    }
}
