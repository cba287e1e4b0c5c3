/// Trains in one process and predicts in another.
module example {
    requires io.quadric.engine;
}
