package io.quadric.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;

class RecordsByJavaTest {
    private static <T> T copy(T value, SparkConf conf) {
        SerializerInstance serializer = new KryoSerializer(conf).newInstance();
        ClassTag<T> tag = ClassTag.apply(value.getClass());
        return serializer.deserialize(serializer.serialize(value, tag), tag);
    }

    @Test
    void kryoCarriesWhatIsSent() {
        SparkConf conf = new SparkConf(false).set("spark.kryo.registrator", RecordsByJava.class.getName());
        Point point = new Point(SparkChunksTest.MODEL, Numbers.of(Vector.of(0.1, 0.2)));
        assertEquals(point.model().toString(), copy(point, conf).model().toString());
        assertArrayEquals(point.theta().doubles(), copy(point, conf).theta().doubles());
        Batch batch = SparkChunksTest.batches().getFirst();
        ChunkData[] chunks = {ChunkData.of(3, batch)};
        assertArrayEquals(chunks[0].inputs().floats(), copy(chunks, conf)[0].inputs().floats());
        assertEquals(new Sums.Waiting(5), copy(new Sums.Waiting(5), conf));
        assertThrows(IllegalArgumentException.class,
                () -> copy(new Sums.Waiting(5), new SparkConf(false)), "Kryo can carry records by itself");
    }
}
