package dev.plumbline.agent.environment;

import dev.plumbline.catalog.Obligation;
import dev.plumbline.catalog.ProxyPolicy;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which targets are tried through a proxy too. Those that Apple's list says work through none are not. When somebody waits
 * it is the ones that tell the cases apart: what push needs, the controls, and a handful of other hosts, since a proxy
 * treats a port and a name class alike; unattended it is all of them.
 */
final class ProxiedTargets {
    private static final int HANDFUL = 6;

    private ProxiedTargets() {}

    static Set<TargetId> of(List<Target> targets, boolean somebodyWaits) {
        Set<TargetId> chosen = new LinkedHashSet<>();
        int others = 0;
        for (Target target : targets) {
            if (!mayBeProxied(target)) {
                continue;
            }
            if (!somebodyWaits || tellsMost(target)) {
                chosen.add(target.id());
            } else if (target.obligation() == Obligation.REQUIRED && others < HANDFUL) {
                others++;
                chosen.add(target.id());
            }
        }
        return chosen;
    }

    private static boolean mayBeProxied(Target target) {
        return target.transport().equals(Transport.TCP)
                && !target.probe().asksNamesOnly()
                && target.proxy() != ProxyPolicy.NO
                && target.obligation() != Obligation.RETIRED;
    }

    private static boolean tellsMost(Target target) {
        return switch (target.probe()) {
            case COURIER, PROVIDER_API, BAG, CAPTIVE -> true;
            case HTTPS,
                    HTTP,
                    OCSP,
                    CERT_FILE,
                    PMV,
                    PLIST,
                    PLIST_PLAIN,
                    TCP,
                    SSH,
                    DOH,
                    NAME_ABSENT,
                    NAME_TEXT,
                    NTP,
                    QUIC,
                    HTTP3 -> target.obligation() == Obligation.CONTROL;
        };
    }
}
