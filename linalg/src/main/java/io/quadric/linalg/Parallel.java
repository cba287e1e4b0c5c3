package io.quadric.linalg;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A fixed team of threads that runs numbered tasks.
final class Parallel implements AutoCloseable {
    private final int threads;
    private final ExecutorService helpers;

    Parallel(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.threads = threads;
        helpers = threads == 1 ? null : Executors.newFixedThreadPool(threads - 1, Thread.ofPlatform().daemon().factory());
    }

    int threads() {
        return threads;
    }

    void run(int count, Workspace.Task task) {
        int team = Math.min(threads, count);
        CountDownLatch done = new CountDownLatch(Math.max(0, team - 1));
        for (int t = 1; t < team; t++) {
            int first = t;
            helpers.execute(() -> {
                runShare(first, team, count, task);
                done.countDown();
            });
        }
        runShare(0, Math.max(1, team), count, task);
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void runShare(int first, int step, int count, Workspace.Task task) {
        for (int i = first; i < count; i += step) {
            task.run(i);
        }
    }

    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdown();
        }
    }
}
