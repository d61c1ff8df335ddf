package dev.plumbline.collector.web;

import com.google.protobuf.Timestamp;
import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.ListFindingsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.wire.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of the query contract as a page shows them: all of their pages. */
final class Lists {
    /** A list that changes while it is read must come to an end. */
    private static final int MOST_PAGES = 20;

    private Lists() {}

    /** @param segment empty = all that whoever asks sees */
    static List<Cell> cells(Visit visit, String segment) {
        GetMatrixRequest.Builder request = GetMatrixRequest.newBuilder().setSegment(segment);
        at(visit).ifPresent(request::setAt);
        List<Cell> all = new ArrayList<>();
        for (int i = 0; i < MOST_PAGES; i++) {
            GetMatrixResponse page = visit.ask(QueryServiceGrpc.getGetMatrixMethod(), request.build());
            all.addAll(page.getCellsList());
            if (page.getNextPageToken().isEmpty()) {
                break;
            }
            request.setPageToken(page.getNextPageToken());
        }
        return all;
    }

    /** @param place empty = all that whoever asks sees */
    static List<Finding> findings(Visit visit, String place, boolean withClosed, String filter) {
        ListFindingsRequest.Builder request = ListFindingsRequest.newBuilder()
                .setPlace(place)
                .setIncludeClosed(withClosed)
                .setFilter(filter);
        at(visit).ifPresent(request::setAt);
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < MOST_PAGES; i++) {
            ListFindingsResponse page = visit.ask(QueryServiceGrpc.getListFindingsMethod(), request.build());
            all.addAll(page.getFindingsList());
            if (page.getNextPageToken().isEmpty()) {
                break;
            }
            request.setPageToken(page.getNextPageToken());
        }
        return all;
    }

    static Optional<Timestamp> at(Visit visit) {
        return visit.at().map(Fields::timestamp);
    }
}
