package dev.plumbline.agent.spool;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.v1.Batch;
import dev.plumbline.words.Bytes;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of batches.
 *
 * @param written in milliseconds of {@link SpoolTime}
 * @param repeats which of the observations are successes that say nothing new; none when they are gone
 * @param checksum over all of it: SQLite has none, and a flipped bit would be sent as if it were measured
 */
record BatchRow(long sequence, int observations, long written, BitSet repeats, Bytes message, int checksum) {
    static final String COLUMNS = "sequence, observations, written, repeats, message, checksum";

    static BatchRow of(long sequence, int observations, long written, BitSet repeats, byte[] message) {
        return new BatchRow(
                sequence,
                observations,
                written,
                repeats,
                Bytes.of(message),
                checksum(sequence, observations, written, repeats, message));
    }

    static BatchRow read(ResultSet row) throws SQLException {
        return new BatchRow(
                row.getLong(1),
                row.getInt(2),
                row.getLong(3),
                BitSet.valueOf(bytes(row.getBytes(4))),
                Bytes.of(bytes(row.getBytes(5))),
                row.getInt(6));
    }

    /** A damaged row may lack what no row lacks. */
    private static byte[] bytes(byte @Nullable [] content) {
        return content == null ? new byte[0] : content;
    }

    void bind(PreparedStatement statement) throws SQLException {
        statement.setLong(1, sequence);
        statement.setInt(2, observations);
        statement.setLong(3, written);
        statement.setBytes(4, repeats.isEmpty() ? null : repeats.toByteArray());
        statement.setBytes(5, message.toArray());
        statement.setInt(6, checksum);
    }

    boolean isSound() {
        return checksum == checksum(sequence, observations, written, repeats, message.toArray());
    }

    private static int checksum(long sequence, int observations, long written, BitSet repeats, byte[] message) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(sequence)
                .putInt(observations)
                .putLong(written)
                .flip());
        crc.update(repeats.toByteArray());
        crc.update(message);
        return (int) crc.getValue();
    }

    /**
     * The batch without those successes. Evidence stays: what later batches name may have come with this one.
     *
     * @throws InvalidProtocolBufferException when the message is no batch
     */
    BatchRow thinned() throws InvalidProtocolBufferException {
        Batch batch = Batch.parseFrom(message.toArray());
        Batch.Builder thinner = batch.toBuilder().clearObservations();
        for (int i = 0; i < batch.getObservationsCount(); i++) {
            if (!repeats.get(i)) {
                thinner.addObservations(batch.getObservations(i));
            }
        }
        return of(
                sequence,
                thinner.getObservationsCount(),
                written,
                new BitSet(),
                thinner.build().toByteArray());
    }
}
