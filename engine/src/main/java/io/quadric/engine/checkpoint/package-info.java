/// What a run is, in names and numbers, and files from which it goes on.
package io.quadric.engine.checkpoint;
