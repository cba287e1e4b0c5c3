/// Optimizers: a curvature, a linear solver and a step rule each.
module io.quadric.optim {
    requires transitive io.quadric.nn;

    exports io.quadric.optim;
}
