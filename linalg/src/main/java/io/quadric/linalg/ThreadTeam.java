package io.quadric.linalg;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A fixed team of threads that runs numbered tasks. Each thread takes the next task that no other has taken, so a
/// thread that the system wakes late, or whose processor is needed elsewhere, delays nothing but its current task. The
/// result of a task does not depend on which thread runs it.
///
/// Helpers wait for the next run by spinning for some microseconds, which is less than it takes to wake a thread, and
/// then park; so a chain of short runs costs no system calls, and an idle team no processor time. They are daemon
/// threads and start with the first run that has work for them. A run that is started by a task of another run, or
/// after [#close()], is carried out by its caller alone.
final class ThreadTeam implements AutoCloseable {
    /// Calls of `Thread.onSpinWait` before a thread gives up its processor, about 20 µs.
    private static final int SPINS = 1 << 10;

    private final int threads;
    private final Helper[] helpers;

    /// In the upper half, a number that changes when a run begins to be described and again when it has been; in the
    /// lower half, the first task that is free. A task is taken by adding 1 to exactly the value at which it was seen
    /// to be free, so a thread that comes late to a run that has ended, and may see fields of the next one, takes
    /// nothing.
    private final AtomicLong next = new AtomicLong();

    /// Tasks of the run that have not ended.
    private final AtomicInteger pending = new AtomicInteger();

    private volatile int count;
    private volatile Workspace.Task task;

    /// The caller of the run in progress; null between runs.
    private volatile Thread caller;

    private volatile boolean closed;
    private Throwable failure;
    private int failedTask;

    ThreadTeam(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.threads = threads;
        this.helpers = new Helper[threads];
    }

    int threads() {
        return threads;
    }

    /// Runs tasks 0 to `tasks` − 1 and returns when all have ended. If tasks fail, throws the failure of the one with
    /// the lowest index.
    void run(int tasks, Workspace.Task work) {
        if (Math.min(threads, tasks) <= 1 || caller != null || closed) {
            for (int i = 0; i < tasks; i++) {
                work.run(i);
            }
            return;
        }
        begin(tasks, work);
        takeTasks();
        awaitHelpers();
        finish();
    }

    private void begin(int tasks, Workspace.Task work) {
        next.set(stamp() | Integer.MAX_VALUE);
        count = tasks;
        task = work;
        caller = Thread.currentThread();
        pending.set(tasks);
        next.set(stamp());
        for (int t = 1; t < Math.min(threads, tasks); t++) {
            if (helpers[t] == null) {
                helpers[t] = new Helper(t);
            }
            helpers[t].release();
        }
    }

    /// The next number, with task 0.
    private long stamp() {
        return (next.get() >>> Integer.SIZE) + 1 << Integer.SIZE;
    }

    /// Runs tasks of the current run until all are taken.
    private void takeTasks() {
        while (true) {
            long seen = next.get();
            int index = (int) seen;
            Workspace.Task work = task;
            Thread waiting = caller;
            if (index >= count) {
                return;
            }
            if (next.compareAndSet(seen, seen + 1)) {
                run(work, index);
                if (pending.decrementAndGet() == 0 && waiting != Thread.currentThread()) {
                    LockSupport.unpark(waiting);
                }
            }
        }
    }

    private void run(Workspace.Task work, int index) {
        try {
            work.run(index);
        } catch (Throwable e) {
            noteFailure(index, e);
        }
    }

    private synchronized void noteFailure(int index, Throwable e) {
        if (failure == null || index < failedTask) {
            failure = e;
            failedTask = index;
        }
    }

    /// An interrupt does not end the wait, since the tasks use the caller's data; the interrupt status is restored
    /// afterwards.
    private void awaitHelpers() {
        boolean interrupted = false;
        for (int spins = 0; pending.get() != 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish() {
        task = null;
        caller = null;
        Throwable thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Helper helper : helpers) {
            if (helper != null) {
                LockSupport.unpark(helper.thread);
            }
        }
    }

    /// One thread of the team. Its ticket counts the runs in which it was asked to take part.
    private final class Helper {
        private final Thread thread;
        private volatile int ticket;
        private volatile boolean parked;

        Helper(int index) {
            thread = Thread.ofPlatform().daemon().name("quadric-helper-" + index).start(this::work);
        }

        /// Called by one thread at a time, the caller of a run.
        void release() {
            ticket = ticket + 1;
            if (parked) {
                LockSupport.unpark(thread);
            }
        }

        private void work() {
            int done = 0;
            while (awaitTicket(done)) {
                done = ticket;
                takeTasks();
            }
        }

        /// Returns whether there is another run; false once the team is closed.
        private boolean awaitTicket(int done) {
            for (int spins = 0; ticket == done; spins++) {
                if (closed) {
                    return false;
                }
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    parked = true;
                    if (ticket == done && !closed) {
                        LockSupport.park(ThreadTeam.this);
                        Thread.interrupted();
                    }
                    parked = false;
                }
            }
            return true;
        }
    }
}
