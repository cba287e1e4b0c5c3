/// First-order methods, for comparison: stochastic gradient descent with momentum, RMSprop, Adam.
package io.quadric.optim.firstorder;
