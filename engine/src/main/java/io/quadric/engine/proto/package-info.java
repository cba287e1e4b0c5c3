/// The wire format of Protocol Buffers, as far as files of other tools need it.
package io.quadric.engine.proto;
