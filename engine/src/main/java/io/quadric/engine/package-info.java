/// From a data set to a trained network: loading data, planning batches, running an optimizer, and reporting.
package io.quadric.engine;
