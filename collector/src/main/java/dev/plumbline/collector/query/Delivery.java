package dev.plumbline.collector.query;

import com.google.protobuf.ByteString;
import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.ReportHeader;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One document on its way to whoever asked for it, in pieces, and no faster than they are read. */
final class Delivery {
    private static final int PIECE = 64 << 10;

    /** Without a piece that was read. */
    private static final long LONGEST_STAND_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ReportHeader header;
    private final ServerCallStreamObserver<GenerateReportResponse> call;
    private byte[] document;
    private LongSupplier nanos = System::nanoTime;
    private int sent;
    private long moved;
    private boolean isSent;

    Delivery(ReportHeader header, byte[] document, ServerCallStreamObserver<GenerateReportResponse> call) {
        this.header = header;
        this.document = document;
        this.call = call;
    }

    /**
     * Within the call of the service.
     *
     * @param time as {@link System#nanoTime}
     * @param whenOver is run however it ends, perhaps twice
     */
    void begin(LongSupplier time, Runnable whenOver) {
        synchronized (this) {
            nanos = time;
            moved = time.getAsLong();
        }
        call.setOnReadyHandler(this::goOn);
        // Whoever asked left, or the call was closed here, which is no cancellation.
        call.setOnCancelHandler(whenOver);
        call.setOnCloseHandler(whenOver);
        call.onNext(GenerateReportResponse.newBuilder().setHeader(header).build());
        goOn();
    }

    private synchronized void goOn() {
        while (!isSent && call.isReady() && !call.isCancelled()) {
            int length = Math.min(PIECE, document.length - sent);
            call.onNext(GenerateReportResponse.newBuilder()
                    .setChunk(ByteString.copyFrom(document, sent, length))
                    .build());
            sent += length;
            moved = nanos.getAsLong();
            if (sent == document.length) {
                isSent = true;
                document = new byte[0];
                call.onCompleted();
            }
        }
    }

    /** Ends what nobody has read of for too long; false where somebody has. */
    synchronized boolean endWhereItStands(long now) {
        if (now - moved < LONGEST_STAND_NANOS) {
            return false;
        }
        if (!isSent) {
            isSent = true;
            document = new byte[0];
            call.onError(Refusal.exhausted("nobody read of this report for a minute, and others wait; ask for it again")
                    .asException());
        }
        return true;
    }
}
