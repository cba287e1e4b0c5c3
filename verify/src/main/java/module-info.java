/// Laws, finite differences and dense references that hold a network, a layer or an optimizer to its definition.
module io.quadric.verify {
    requires transitive io.quadric.optim;

    exports io.quadric.verify;
}
