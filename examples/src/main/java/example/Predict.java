package example;

import io.quadric.engine.model.TrainedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Predicts by the model in the file that is named, from eight threads, which have to agree.
final class Predict {
    private Predict() {}

    public static void main(String[] arguments) throws Exception {
        TrainedModel model = TrainedModel.load(Path.of(arguments[0]));
        double price = model.predictNumber(80, 3);
        System.out.printf("%.1f%n", price);
        if (Math.abs(price - 270) > 5) {
            throw new IllegalStateException("predicted " + price + ", expected about 270");
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Double>> others = new ArrayList<>();
            for (int i = 0; i < 800; i++) {
                others.add(threads.submit(() -> model.predictNumber(80, 3)));
            }
            for (Future<Double> other : others) {
                if (other.get() != price) {
                    throw new IllegalStateException("another thread predicted " + other.get() + ", expected " + price);
                }
            }
        }
    }
}
