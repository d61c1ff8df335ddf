package dev.plumbline.collector.query;

import com.google.protobuf.ByteString;
import dev.plumbline.v1.GenerateReportResponse;
import dev.plumbline.v1.ReportHeader;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.atomic.AtomicBoolean;

/** One document on its way to whoever asked for it, in pieces, and no faster than they are read. */
final class Delivery {
    private static final int PIECE = 64 << 10;

    private final ReportHeader header;
    private final byte[] document;
    private final ServerCallStreamObserver<GenerateReportResponse> call;
    private int sent;

    Delivery(ReportHeader header, byte[] document, ServerCallStreamObserver<GenerateReportResponse> call) {
        this.header = header;
        this.document = document;
        this.call = call;
    }

    /**
     * Within the call of the service.
     *
     * @param whenOver is run once, however it ends
     */
    void begin(Runnable whenOver) {
        AtomicBoolean isOver = new AtomicBoolean();
        Runnable end = () -> {
            if (isOver.compareAndSet(false, true)) {
                whenOver.run();
            }
        };
        call.setOnReadyHandler(this::goOn);
        // Whoever asked left, or the call was closed here, which is no cancellation.
        call.setOnCancelHandler(end);
        call.setOnCloseHandler(end);
        call.onNext(GenerateReportResponse.newBuilder().setHeader(header).build());
        goOn();
    }

    private void goOn() {
        while (sent < document.length && call.isReady() && !call.isCancelled()) {
            int length = Math.min(PIECE, document.length - sent);
            call.onNext(GenerateReportResponse.newBuilder()
                    .setChunk(ByteString.copyFrom(document, sent, length))
                    .build());
            sent += length;
            if (sent == document.length) {
                call.onCompleted();
            }
        }
    }
}
