package io.quadric.engine.checkpoint;

import io.quadric.engine.train.Progress;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingResult;
import java.nio.file.Path;

/// Writes a checkpoint at the end of a run, and on its way at the end of an epoch whenever half a minute has passed.
public final class CheckpointWriter implements TrainingListener {
    private static final long INTERVAL_NANOS = 30_000_000_000L;

    private final Path file;
    private final RunSpec run;
    private final Trainer trainer;
    private long written = System.nanoTime();

    /// For a run.
    ///
    /// @param file the path
    /// @param run what the run is
    /// @param trainer whose snapshots are written
    public CheckpointWriter(Path file, RunSpec run, Trainer trainer) {
        this.file = file;
        this.run = run;
        this.trainer = trainer;
    }

    @Override
    public void epoch(Progress at) {
        if (System.nanoTime() - written > INTERVAL_NANOS) {
            write();
        }
    }

    @Override
    public void finished(TrainingResult result) {
        write();
    }

    private void write() {
        CheckpointFile.write(file, new Checkpoint(run, trainer.snapshot()));
        written = System.nanoTime();
    }
}
