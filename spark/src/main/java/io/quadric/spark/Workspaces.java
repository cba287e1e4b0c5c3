package io.quadric.spark;

import io.quadric.linalg.Workspace;
import java.io.Serializable;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The workspaces of an executor, one for each task that runs at the same time. They are kept for the tasks that
/// follow; none travels.
final class Workspaces implements Serializable {
    private static final long serialVersionUID = 1;

    private transient Deque<Workspace> idle = new ConcurrentLinkedDeque<>();

    private Object readResolve() {
        idle = new ConcurrentLinkedDeque<>();
        return this;
    }

    Workspace take() {
        Workspace ws = idle.pollLast();
        return ws == null ? Workspace.serial() : ws;
    }

    /// Takes back a workspace whose frames are closed.
    void giveBack(Workspace ws) {
        idle.addLast(ws);
    }
}
