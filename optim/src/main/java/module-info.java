/// Optimizers: a curvature, a linear solver and a step rule each.
module io.quadric.optim {
    requires transitive io.quadric.nn;

    exports io.quadric.optim;
    exports io.quadric.optim.curvature;
    exports io.quadric.optim.firstorder;
    exports io.quadric.optim.gram;
    exports io.quadric.optim.hessianfree;
    exports io.quadric.optim.kronecker;
    exports io.quadric.optim.quasinewton;
    exports io.quadric.optim.recipe;
    exports io.quadric.optim.step;
    exports io.quadric.optim.tensor;
}
