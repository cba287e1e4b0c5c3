package io.quadric.engine.checkpoint;

import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingResult;
import java.nio.file.Path;
import java.util.Map;

/// Writes a checkpoint at the end of a run, and on its way whenever some time has passed.
public final class CheckpointWriter implements TrainingListener {
    /// Seconds between checkpoints where nothing else is said.
    public static final double INTERVAL_SECONDS = 30;

    private final Path file;
    private final RunSpec run;
    private final Trainer trainer;
    private final double interval;
    private Map<String, String> data = Map.of();
    private long written = System.nanoTime();

    /// Every half minute.
    ///
    /// @param file the path
    /// @param run what the run is
    /// @param trainer whose snapshots are written
    public CheckpointWriter(Path file, RunSpec run, Trainer trainer) {
        this(file, run, trainer, INTERVAL_SECONDS);
    }

    /// For a run.
    ///
    /// @param file the path
    /// @param run what the run is
    /// @param trainer whose snapshots are written
    /// @param interval seconds between them, those of evaluation and reports included
    public CheckpointWriter(Path file, RunSpec run, Trainer trainer, double interval) {
        this.interval = interval;
        this.file = file;
        this.run = run;
        this.trainer = trainer;
    }

    @Override
    public void step(StepEvent event) {
        if (System.nanoTime() - written > interval * 1e9) {
            write();
        }
    }

    @Override
    public void finished(TrainingResult result) {
        write();
    }

    private void write() {
        if (data.isEmpty()) {
            data = Checkpoint.fingerprints(trainer.data());
        }
        CheckpointFile.write(file, new Checkpoint(run, trainer.snapshot(), data));
        written = System.nanoTime();
    }
}
