/// Published experiments: what is compared with what, on which data, and the machinery that carries it out and goes on
/// after an interruption.
package io.quadric.engine.experiment;
