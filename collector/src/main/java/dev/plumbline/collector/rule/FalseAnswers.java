package dev.plumbline.collector.rule;

import dev.plumbline.collector.evidence.Layer;
import dev.plumbline.collector.evidence.SegmentReading;
import dev.plumbline.collector.evidence.TargetReading;
import dev.plumbline.collector.finding.Mechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One address for names that have nothing to do with each other, or an address of no public host, and nothing there proves
 * itself: a sinkhole when nobody answers, a hijack when somebody does.
 */
final class FalseAnswers implements Rule {
    @Override
    public String id() {
        return "false-answers";
    }

    @Override
    public List<Claim> claims(SegmentReading segment, List<TargetReading> open, Elsewhere elsewhere) {
        Answers answers = new Answers(segment);
        List<Claim.Failing> sunk = new ArrayList<>();
        List<Claim.Failing> hijacked = new ArrayList<>();
        for (Claim.Failing failing :
                Failures.of(open, p -> p.point().address().map(answers::suspect).orElse(false))) {
            boolean nowhere =
                    Answers.leadsNowhere(failing.point().point().address().orElse(""));
            (failing.point().reached().atLeast(Layer.CONNECTED) && !nowhere ? hijacked : sunk).add(failing);
        }
        if (!hijacked.isEmpty()) {
            // Ports on which the stranger does not answer belong to the same lie.
            hijacked.addAll(sunk);
            return List.of(claim(Mechanism.DNS_HIJACK, hijacked));
        }
        return sunk.isEmpty() ? List.of() : List.of(claim(Mechanism.DNS_SINKHOLE, sunk));
    }

    private Claim claim(Mechanism mechanism, List<Claim.Failing> failing) {
        String address = failing.get(0).point().point().address().orElse("");
        return new Claim(
                id(),
                mechanism,
                Optional.empty(),
                failing,
                "unrelated names are all given " + address + ", and nothing there is what the names stand for");
    }
}
