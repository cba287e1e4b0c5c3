package io.quadric.linalg;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A fixed team of threads that runs numbered tasks. Each thread takes the next task that nobody has taken: a thread
/// that the system wakes late, or whose processor is needed elsewhere, holds nobody up but for the task it is at. Which
/// thread does a task says nothing about its result.
///
/// Helpers wait for the next run by spinning for some microseconds, which is shorter than waking a thread, then park;
/// so a chain of short runs costs no system call and an idle team no processor time. They start with the first run
/// that has work for them and are daemons. A run begun by a task of a run, or after [#close()], is done by its caller
/// alone.
final class ThreadTeam implements AutoCloseable {
    /// Rounds of `Thread.onSpinWait` before a wait gives the processor away, about 20 µs.
    private static final int SPINS = 1 << 10;

    private final int threads;
    private final Helper[] helpers;

    /// A number, in the upper half, that changes when a run begins to be described and when it has been; and the first
    /// task that nobody has taken. A task is taken by adding 1 to the very value at which it was seen to be free; so
    /// whoever comes late to a run that has ended, and maybe sees fields of the next one, takes nothing.
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

    /// Returns when all tasks have ended. If tasks fail, throws the failure of the one with the lowest index.
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

    /// Does tasks of the present run until all are taken.
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

    /// An interrupt does not end the wait, since the tasks use the caller's data; it is noted for later.
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

    /// One thread of the team. Its ticket counts the runs it was asked to take part in.
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
