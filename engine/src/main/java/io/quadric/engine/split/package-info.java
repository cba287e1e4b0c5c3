/// Which cases train, validate and test: splits and folds by a seed, plain or with equal shares of each class.
package io.quadric.engine.split;
