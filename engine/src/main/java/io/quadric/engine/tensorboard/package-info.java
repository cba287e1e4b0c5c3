/// Curves as event files, which TensorBoard shows.
package io.quadric.engine.tensorboard;
