package io.quadric.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/// Lets Kryo leave records to Java's serialisation, as it knows none. Applications that set `spark.serializer` to Kryo
/// set `spark.kryo.registrator` to the name of this class; without Kryo it is not needed.
public final class RecordsByJava implements KryoRegistrator {
    /// For Spark.
    public RecordsByJava() {}

    @Override
    public void registerClasses(Kryo kryo) {
        kryo.addDefaultSerializer(Record.class, new JavaSerializer());
    }
}
