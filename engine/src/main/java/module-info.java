/// Data sources, training, reports, trained models and the command line.
///
/// A tutorial in three programs. Each runs as it is: `java --add-modules jdk.incubator.vector -cp 'lib/*'
/// TrainHouses.java`.
///
/// # Train
/// A table has columns of features and a target. [io.quadric.engine.learn.Learner] splits and prepares it, sizes a
/// network, trains it by a second-order method until the part that validates gets no better, and returns the best
/// model. A listener is told how it goes; here it keeps what a report needs.
///
/// ```java
/// import io.quadric.engine.html.HtmlReport;
/// import io.quadric.engine.html.Part;
/// import io.quadric.engine.html.RunGroup;
/// import io.quadric.engine.learn.Fit;
/// import io.quadric.engine.learn.Learner;
/// import io.quadric.engine.report.LayerNorms;
/// import io.quadric.engine.report.RunHistory;
/// import io.quadric.engine.table.Table;
/// import io.quadric.engine.train.Stop;
/// import java.nio.file.Path;
/// import java.util.List;
/// import java.util.Random;
///
/// class TrainHouses {
///     public static void main(String[] arguments) {
///         Random random = new Random(1);
///         double[][] houses = new double[500][];
///         double[] prices = new double[500];
///         for (int i = 0; i < houses.length; i++) {
///             houses[i] = new double[]{40 + 60 * random.nextDouble(), random.nextInt(1, 6)};
///             prices[i] = 3 * houses[i][0] + 10 * houses[i][1] + random.nextGaussian();
///         }
///         Learner learner = Learner.defaults();
///         RunHistory history = new RunHistory(LayerNorms.none());
///         Fit fit = learner.fit(
///                 learner.prepared(Table.of(houses).withTargets(prices)), List.of(history), Stop.never());
///         fit.model().save(Path.of("houses.quadric"));
///         new HtmlReport("Prices of houses", "From area and rooms.", List.of(
///                 new Part.Curves("Curves", List.of(new RunGroup("kfac", List.of(history))))))
///                 .write(Path.of("houses.html"));
///         System.out.println("loss on the rows that validate: " + fit.evaluation().testLoss().getAsDouble());
///     }
/// }
/// ```
///
/// # Verify
/// A layer of your own is used like those of the library once its derivatives are right. The laws say whether they are,
/// with finite differences and dense references as witnesses.
///
/// ```java
/// import io.quadric.nn.layer.ElementwiseLayer;
/// import io.quadric.nn.layer.Shape;
/// import io.quadric.verify.LawReport;
/// import io.quadric.verify.Laws;
/// import io.quadric.verify.Subject;
///
/// class VerifySine {
///     public static void main(String[] arguments) {
///         ElementwiseLayer sine = new ElementwiseLayer("sine", Math::sin, Math::cos, x -> -Math.sin(x));
///         LawReport report = Laws.check(Subject.ofLayer(sine, new Shape.Features(4), 1), 1);
///         System.out.print(report);
///         System.exit(report.holds() ? 0 : 1);
///     }
/// }
/// ```
///
/// # Deploy
/// The file has everything that prediction needs. A [io.quadric.engine.model.TrainedModel] may be used by any number of
/// threads; the same row gives the same bits in all of them.
///
/// ```java
/// import io.quadric.engine.model.TrainedModel;
/// import java.nio.file.Path;
/// import java.util.stream.IntStream;
///
/// class DeployHouses {
///     public static void main(String[] arguments) {
///         TrainedModel model = TrainedModel.load(Path.of("houses.quadric"));
///         double[] prices = IntStream.rangeClosed(1, 5).parallel()
///                 .mapToDouble(rooms -> model.predictNumber(80, rooms))
///                 .toArray();
///         for (int rooms = 1; rooms <= prices.length; rooms++) {
///             System.out.println(rooms + " rooms: " + prices[rooms - 1]);
///             if (Math.abs(prices[rooms - 1] - (240 + 10 * rooms)) > 10) {
///                 throw new IllegalStateException("far from what the data say");
///             }
///         }
///     }
/// }
/// ```
///
/// The guide in `docs/guide` of the sources goes on from here.
module io.quadric.engine {
    requires transitive io.quadric.optim;
    requires transitive io.quadric.verify;
    requires java.desktop;
    requires java.management;
    requires transitive com.fasterxml.jackson.databind;
    requires de.siegmar.fastcsv;
    requires static dev.hardwood.core;
    requires info.picocli;
    requires org.knowm.xchart;
    requires me.tongfei.progressbar;

    exports io.quadric.engine;
    exports io.quadric.engine.array;
    exports io.quadric.engine.cases;
    exports io.quadric.engine.cases.shard;
    exports io.quadric.engine.checkpoint;
    exports io.quadric.engine.data;
    exports io.quadric.engine.data.problem;
    exports io.quadric.engine.file;
    exports io.quadric.engine.html;
    exports io.quadric.engine.image;
    exports io.quadric.engine.json;
    exports io.quadric.engine.learn;
    exports io.quadric.engine.metric;
    exports io.quadric.engine.model;
    exports io.quadric.engine.onnx;
    exports io.quadric.engine.prepare;
    exports io.quadric.engine.report;
    exports io.quadric.engine.split;
    exports io.quadric.engine.table;
    exports io.quadric.engine.table.file;
    exports io.quadric.engine.tensorboard;
    exports io.quadric.engine.train;

    uses io.quadric.engine.train.ChunkPlaceProvider;

    // picocli sets the fields of command objects by reflection.
    opens io.quadric.engine.cli to
            info.picocli;
    opens io.quadric.engine.cli.option to
            info.picocli;
}
