package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.JsonPart;
import io.quadric.optim.recipe.Optimizers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From a table to predictions in a file, and every mistake on the way in one line.
class TableCommandsTest {
    @TempDir
    private Path temp;

    @BeforeEach
    void tables() throws IOException {
        write("houses.csv", 1, 300);
        write("new.csv", 2, 40);
    }

    private void write(String name, long seed, int rows) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("id,area,town,price\n");
        for (int i = 0; i < rows; i++) {
            double area = 40 + 100 * random.nextDouble();
            String town = List.of("Rome", "Oslo", "").get(random.nextInt(3));
            text.append("h").append(i).append(',').append(area).append(',').append(town).append(',')
                    .append(1000 + 30 * area + (town.equals("Oslo") ? 500 : 0) + random.nextGaussian()).append('\n');
        }
        Files.writeString(temp.resolve(name), text);
    }

    private Quadric run(String line) {
        String[] words = line.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("@", temp + "/");
        }
        return Quadric.run(words);
    }

    private static JsonNode json(String text) {
        return JsonPart.parse(text.strip()).node();
    }

    private void train() {
        run("train --data @houses.csv --target price --ignore id --epochs 30 --out @m.quadric").succeeds();
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(temp)) {
            return all.count();
        }
    }

    @Test
    void threeCommandsLeadFromATableToPredictions() throws IOException {
        Quadric trained = run("train --data @houses.csv --target price --out @m.quadric");
        assertEquals(0, trained.code(), trained.err());
        assertTrue(trained.out().contains("area   feature  numeric"), trained.out());
        assertTrue(trained.out().contains("id     ignored  categorical"), trained.out());
        Quadric predicted = run("predict --model @m.quadric --data @new.csv --out @p.csv");
        assertEquals(0, predicted.code(), predicted.err());
        List<String> lines = Files.readAllLines(temp.resolve("p.csv"));
        assertEquals(41, lines.size());
        assertEquals("price", lines.getFirst());
        JsonNode figures = json(run("evaluate --model @m.quadric --data @new.csv --json").succeeds().out())
                .get("figures");
        assertTrue(figures.get("r2").asDouble() > 0.999, figures.toString());
        double first = Double.parseDouble(lines.get(1));
        double actual = Double.parseDouble(Files.readAllLines(temp.resolve("new.csv")).get(1).split(",")[3]);
        assertEquals(actual, first, 100);
    }

    @Test
    void aColumnOfTwoMeaningsIsRefused() {
        for (String command : List.of("train --out @m.quadric", "data pack --out @s", "describe", "cross-validate")) {
            run(command + " --data @houses.csv --target price --ignore id --weight area --categorical area")
                    .isRefused("the weight column 'area' is categorical, expected numeric");
        }
    }

    @Test
    void theFiguresAreThoseOfThePredictions() {
        train();
        String csv = run("predict --model @m.quadric --data @new.csv").succeeds().out();
        String[] objects = run("predict --model @m.quadric --data @new.csv --json").succeeds().out().split("\n");
        for (int i = 0; i < objects.length; i++) {
            assertEquals(csv.split("\\R")[i + 1], json(objects[i]).get("price").asText());
        }
        String text = run("evaluate --model @m.quadric --data @new.csv --bootstrap 50").succeeds().out();
        assertTrue(text.contains("R²") && text.contains("(95 % intervals of 50 samples)"), text);
    }

    @Test
    void theStandardInputIsReadOnce() throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(temp.resolve("houses.csv"))));
            run("train --data - --target price --epochs 3 --out @m.quadric").succeeds();
            System.setIn(new ByteArrayInputStream("town,area\nRome,50\nBonn,60\n".getBytes()));
            String out = run("predict --model @m.quadric --data -").succeeds().out();
            assertEquals(3, out.lines().count(), out);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void classesHaveProbabilitiesAndAConfusionMatrix() throws IOException {
        StringBuilder text = new StringBuilder("x,y,kind\n");
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            double x = random.nextGaussian();
            text.append(x).append(',').append(random.nextGaussian()).append(',').append(x > 0 ? "plus" : "minus")
                    .append('\n');
        }
        Files.writeString(temp.resolve("c.csv"), text);
        JsonNode trained = json(run("train --data @c.csv --target kind --out @c.quadric --json").succeeds().out());
        assertTrue(trained.get("validation").get("accuracy").asDouble() > 0.9, trained.toString());
        String out = run("predict --model @c.quadric --data @c.csv --probabilities").succeeds().out();
        assertTrue(out.startsWith("kind,p(minus),p(plus)"), out);
        String figures = run("evaluate --model @c.quadric --data @c.csv").succeeds().out();
        assertTrue(figures.contains("actual \\ predicted  minus") && figures.contains("AUC"), figures);
        JsonNode all = json(run("evaluate --model @c.quadric --data @c.csv --json --bootstrap 20").succeeds().out());
        assertEquals(200, all.get("confusion").get(0).get(0).asInt() + all.get("confusion").get(0).get(1).asInt()
                + all.get("confusion").get(1).get(0).asInt() + all.get("confusion").get(1).get(1).asInt());
        assertTrue(all.get("intervals").get("accuracy").get("low").asDouble() <= all.get("figures").get("accuracy")
                .asDouble());
    }

    @Test
    void aModelIsDescribedExportedAndImported() throws IOException {
        train();
        String text = run("describe --model @m.quadric").succeeds().out();
        assertTrue(text.contains("predicts    price") && text.contains("trained by  quadric"), text);
        assertTrue(text.contains("0.body.0.weight[16, 4]") && text.contains("memory of a run"), text);
        JsonNode node = json(run("describe --model @m.quadric --json").succeeds().out());
        assertEquals("area", node.get("trained").get("columns").get(0).get("name").asText());
        assertTrue(node.get("memoryBytes").get("kfac").asLong() > node.get("parameters").asLong());
        Optimizers.all().stream()
                .filter(recipe -> recipe.optimizer().getClass().getPackageName().startsWith("io.quadric.optim"))
                .forEach(recipe -> assertTrue(node.get("memoryBytes").has(recipe.name()), recipe.name()));
        assertTrue(node.get("memoryBytes").get("hessian-free").asLong() > node.get("memoryBytes").get("sgd").asLong());
        String before = run("predict --model @m.quadric --data @new.csv").succeeds().out();
        for (String name : List.of("p.npz", "p.safetensors")) {
            run("export --model @m.quadric --out @" + name).succeeds();
            run("import --model @m.quadric --from @" + name + " --out @again.quadric").succeeds();
            assertEquals(before, run("predict --model @again.quadric --data @new.csv").succeeds().out());
        }
        run("export --model @m.quadric --out @m.onnx").succeeds();
        assertTrue(Files.size(temp.resolve("m.onnx")) > 1000);
        run("train --data @houses.csv --target price --ignore id --epochs 1 --initial @p.npz --optimizer hessian-free")
                .succeeds();
        run("describe --model digits-classifier").succeeds();
    }

    /// Columns of the data, features among them, before each prediction, as values and in JSON.
    @Test
    void columnsAreKept() throws IOException {
        train();
        List<String> lines = run("predict --model @m.quadric --data @new.csv --keep id,town").succeeds().out().lines()
                .toList();
        List<String> data = Files.readAllLines(temp.resolve("new.csv"));
        assertEquals("id,town,price", lines.getFirst());
        assertEquals(41, lines.size());
        for (int i = 1; i < 41; i++) {
            String[] cells = data.get(i).split(",");
            assertTrue(lines.get(i).startsWith(cells[0] + "," + cells[2] + ","), lines.get(i));
        }
        String first = run("predict --model @m.quadric --data @new.csv --keep id --json").succeeds().out().lines()
                .findFirst().orElseThrow();
        assertEquals("h0", json(first).get("id").asText());
        run("predict --model @m.quadric --data @new.csv --keep ident").isRefused("column ident not found among id,");
    }

    @Test
    void crossValidationGivesMeansOverTheFolds() {
        String text = run("cross-validate --data @houses.csv --target price --ignore id --folds 3 --epochs 5")
                .succeeds().out();
        assertTrue(text.contains("fold") && text.contains("mean") && text.contains("R²"), text);
        JsonNode node = json(run(
                "cross-validate --data @houses.csv --target price --ignore id --folds 3 --epochs 5 --json").succeeds()
                .out());
        double sum = 0;
        for (JsonNode fold : node.get("folds")) {
            assertEquals(100, fold.get("cases").asInt());
            sum += fold.get("rmse").asDouble();
        }
        assertEquals(sum / 3, node.get("mean").get("rmse").asDouble(), 1e-9);
        run("cross-validate --data @houses.csv --folds 1").isRefused("--folds is 1");
    }

    @Test
    void dataThatAreNoTableMakeAModelToo() {
        run("train --data first:digits,cases=200,test=50 --epochs 20 --out @d.quadric").succeeds();
        JsonNode figures = json(run("evaluate --model @d.quadric --data first:digits,test=50 --json").succeeds().out());
        assertEquals(50, figures.get("cases").asInt());
        assertTrue(figures.get("figures").get("accuracy").asDouble() > 0.7, figures.toString());
        assertEquals(51,
                run("predict --model @d.quadric --data first:digits,test=50").succeeds().out().lines().count());
        run("predict --model @d.quadric --data @new.csv").isRefused("columns x1, x2, x3");
    }

    /// Checkpoints of tables go on with the same bits.
    @Test
    void aRunOnATableGoesOn() {
        String start = "train --data @houses.csv --target price --ignore id --patience 0 ";
        run(start + "--epochs 4 --out @whole.quadric").succeeds();
        run(start + "--epochs 2 --save @half.ckpt").succeeds();
        run("train --resume @half.ckpt --epochs 4 --patience 0 --out @resumed.quadric").succeeds();
        assertEquals(run("predict --model @whole.quadric --data @new.csv").succeeds().out(),
                run("predict --model @resumed.quadric --data @new.csv").succeeds().out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    train --data @houses.csv --target prize | no column 'prize', expected one of id, area,
                    train --data @houses.csv                | houses.csv: no column is the target,
                    train --data @houses.csv --target price --task classify | task=classify, expected
                    train --data @houses.csv --target price --validation 1 | validation is 1.0, expected
                    train --data @houses.csv --target price --patience -1 | --patience is -1, expected
                    train --data @houses.csv --target price --separator ab | separator=ab, expected
                    train --data @nowhere.csv --target price | nowhere.csv: no such file or folder, expected one of
                    train --data digits --target price      | --target: digits has no use for it, expected
                    predict --model @nowhere --data @new.csv | --model: @nowhere: no such file
                    predict --model @new.csv --data @new.csv | --model: @new.csv:
                    evaluate --model @m.quadric --data @less.csv | less.csv: column price not found among area, town
                    predict --model @m.quadric --data @none.csv | none.csv: columns area, town not found among price
                    predict --model @m.quadric --data @text.csv | text.csv: line 3, column 'area': 'large' is no number
                    predict --model @m.quadric --data @new.csv --out @no/p.csv | --out: @no/p.csv: there is no folder
                    predict --model @m.quadric --data @new.csv --out @new.csv | --out: @new.csv: the command reads
                    predict --model @m.quadric --data csv:@new.csv --out @m.quadric | @m.quadric: the command
                    train --data @houses.csv --target price --log @houses.csv | --log: @houses.csv: the command reads
                    export --model @m.quadric --format npz --out @m.quadric | --out: @m.quadric: the command reads
                    import --model @m.quadric --from @p.npz --out @p.npz | --out: @p.npz: the command reads this file
                    export --model @m.quadric --out @m.pt   | --out @m.pt: no known format, expected onnx
                    export --model @m.quadric --out @p --format pickle | --format pickle: no known format
                    import --model digits-classifier --from @p.npz --out @i.quadric | tensors do not fit the
                    predict --data @new.csv                 | Missing required option: '--model=FILE'
                    """)
    void mistakesAreNamedAndNothingIsWritten(String line, String complaint) throws IOException {
        train();
        run("export --model @m.quadric --out @p.npz").succeeds();
        Files.writeString(temp.resolve("less.csv"), "area,town\n50,Rome\n");
        Files.writeString(temp.resolve("none.csv"), "price\n50\n");
        Files.writeString(temp.resolve("text.csv"), "area,town\n50,Rome\nlarge,Oslo\n");
        long before = files();
        run(line).isRefused(complaint.replace("@", temp + "/"));
        assertEquals(before, files());
        assertFalse(Files.exists(temp.resolve("i.quadric")));
    }
}
