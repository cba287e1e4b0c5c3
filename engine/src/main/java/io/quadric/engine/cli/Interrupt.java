package io.quadric.engine.cli;

import io.quadric.engine.cli.output.Output;
import io.quadric.engine.file.WriteLock;
import io.quadric.engine.train.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets an interrupt from the keyboard end a run after the step at hand, so that its files are written: the JVM ends
/// when that is done, or after a minute.
final class Interrupt implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::cancelled, "quadric-interrupt");

    Interrupt() {
        WriteLock.releaseAfter(done);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void cancelled() {
        cancellation.request();
        try {
            boolean ended = done.await(SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                System.err
                        .println("quadric: the step at hand takes more than " + SECONDS + " seconds, ended without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /// Says how to go on, if the run was interrupted.
    void goesOnWith(Output output, String how) {
        if (cancellation.isRequested()) {
            output.out().flush();
            output.err().println("quadric: interrupted; " + how);
        }
    }

    @Override
    public void close() {
        done.countDown();
        if (!cancellation.isRequested()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
