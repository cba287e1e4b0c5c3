/// Data sets, training plans, the trainer with its listeners, and the command line.
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
    exports io.quadric.engine.checkpoint;
    exports io.quadric.engine.data;
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
    exports io.quadric.engine.tensorboard;
    exports io.quadric.engine.train;

    // picocli sets the fields of command objects by reflection.
    opens io.quadric.engine.cli to
            info.picocli;
}
