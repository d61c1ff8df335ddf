package dev.plumbline.collector.evidence;

import dev.plumbline.catalog.scope.Point;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Handshakes;
import dev.plumbline.words.WhoAnswered;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One target at one address (or by name alone, when it did not resolve) over all tries of a round.
 *
 * @param reached deepest layer that any try reached
 * @param proved everything that the target's expectation asks was seen
 * @param symptom NONE when proved, or when nothing failed but not everything was tried (connect only)
 * @param hard confirmed by a second try, or the symptom proves itself
 * @param silentTries in how many tries nobody answered; 0 where the symptom is no silence
 * @param said the sentence of the expectation or failure
 * @param issuer issuer and leaf of the chain seen, empty when none was
 * @param neutralSurvives a handshake with a neutral name on the same address got an answer
 * @param path what the tries tell of the way there
 */
public record PointReading(
        Point point,
        Layer reached,
        boolean proved,
        Symptom symptom,
        boolean hard,
        int silentTries,
        String said,
        Optional<SeenChain> issuer,
        boolean neutralSurvives,
        PathFacts path,
        List<Handshake> handshakes,
        Optional<String> redirect,
        Witness witness) {
    /** The handshakes by what they are for: those made apart from the usual ones tell more, and judge nothing here. */
    public Handshakes apart() {
        return Handshakes.of(handshakes);
    }

    /** Who answered in the try that speaks for the point. */
    public WhoAnswered whoAnswered() {
        return path.whoAnswered();
    }

    /** Silent under every name, and well with small segments: what a hole in the path's MTU does, and no filter. */
    public boolean onlySmallPasses() {
        return path.smallStands() && !neutralSurvives;
    }

    PointReading with(PathFacts all) {
        return with(all, witness);
    }

    /** The same point, of which another connection bears witness. */
    public PointReading seenBy(Witness other) {
        return with(path, other);
    }

    private PointReading with(PathFacts facts, Witness by) {
        return new PointReading(
                point,
                reached,
                proved,
                symptom,
                hard,
                silentTries,
                said,
                issuer,
                neutralSurvives,
                facts,
                handshakes,
                redirect,
                by);
    }

    /** The point has an IPv6 address. */
    public boolean isIpv6() {
        return point.address().isPresent() && point.address().get().indexOf(':') >= 0;
    }

    /** Something failed at this point. */
    public boolean failed() {
        return symptom != Symptom.NONE && symptom != Symptom.NO_EVIDENCE;
    }

    /** It got past a layer, whatever came after: what failed further on is none of that layer's. */
    public boolean passed(Layer layer) {
        return reached.atLeast(layer) && (!failed() || symptom.layer().depth() > layer.depth());
    }

    /**
     * What a chain showed of its maker.
     *
     * @param certificate the leaf
     * @param leaf its SHA-256
     */
    public record SeenChain(X509Certificate certificate, String leaf) {
        /** Distinguished name of the leaf's issuer. */
        public String issuer() {
            return certificate.getIssuerX500Principal().getName();
        }
    }

    /** Of what tells points apart; the facts are too many to be gone through for it. */
    @Override
    public int hashCode() {
        return Objects.hash(point, symptom, silentTries, witness.at());
    }
}
