package example;

import io.quadric.engine.learn.Learner;
import io.quadric.engine.table.Table;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/// Trains a model on a table of numbers and writes it to the file that is named.
final class Train {
    private Train() {}

    public static void main(String[] arguments) {
        Random random = new Random(1);
        double[][] houses = IntStream.range(0, 400)
                .mapToObj(i -> new double[]{40 + 60 * random.nextDouble(), random.nextInt(1, 6)})
                .toArray(double[][]::new);
        double[] prices = IntStream.range(0, houses.length)
                .mapToDouble(i -> 3 * houses[i][0] + 10 * houses[i][1])
                .toArray();
        Learner.defaults().fit(Table.of(houses).withTargets(prices)).save(Path.of(arguments[0]));
    }
}
