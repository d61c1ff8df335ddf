package dev.plumbline.collector.web;

/** A page for somebody who is signed in. On a thread that may wait. */
interface Page {
    /** @throws io.grpc.StatusRuntimeException when there is none, with the sentence that is shown instead */
    Shown of(Visit visit);
}
